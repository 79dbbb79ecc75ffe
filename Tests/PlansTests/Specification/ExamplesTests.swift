import Diagnostics
import ExperimentExamples
import Plans
import Specs
import Testing

/// What `exp explain` and the reference page show can be written so.
@Suite struct ExamplesTests {
  private let vocabulary = Vocabulary(root: ExperimentSpec.self)

  /// What is said of `text` when it is read as a value of `type`.
  private func findings<Value: SpecValue>(_ text: String, as type: Value.Type) -> String {
    var diagnostics = Diagnostics()
    if let node = YAML.parse(SourceFile(path: "example", text: text), &diagnostics) {
      _ = Value.decode(node, &diagnostics)
    }
    return diagnostics.rendered()
  }

  /// The same as a member of a catalogue.
  private func findings<C: Catalog>(_ text: String, in catalog: C.Type) -> String {
    findings(text, as: OneOf<C>.self)
  }

  @Test func everySectionHasARightExample() {
    #expect(vocabulary.sections.count >= 4)
    for section in vocabulary.sections {
      let text = YAML.emit(section.type.example)
      #expect(findings(text, as: section.type) == "", "\(text)")
    }
  }

  @Test func everyMemberOfEachCatalogueHasARightExample() {
    #expect(vocabulary.families.count >= 9)
    for family in vocabulary.families {
      for member in family.catalog.all {
        let text = YAML.emit(family.catalog.example(of: member))
        #expect(findings(text, in: family.catalog) == "", "\(text)")
      }
    }
  }

  /// What is nobody else's.
  private static let ownIdeas: Set<String> = [
    "csv", "idx", "npz", "synthetic_digits", "random_rotation", "random_translation", "random_zoom",
    "random_shear", "random_stroke_width", "random_invert", "random_apply", "one_of", "constant",
    "target_reached", "time_limit", "gaussian_noise",
  ]

  @Test func whatIsSomebodysNamesItsSource() {
    for family in vocabulary.families {
      for member in family.catalog.all where !Self.ownIdeas.contains(member.type) {
        #expect(member.source?.isEmpty == false, "\(family.catalog.noun) \(member.type)")
      }
    }
  }

  @Test func everyNameIsExplainedInLinesThatFit() throws {
    let explanation = Explanation(vocabulary, width: 80)
    for name in vocabulary.names {
      let text = try explanation.text(of: name)
      #expect(text.contains(name), "\(text)")
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
    }
  }

  @Test func theExampleOfAWholeSpecCanBePlanned() throws {
    let reading = try Reading(YAML.emit(ExperimentSpec.example))
    #expect(reading.text == "")
    #expect(reading.plan != nil)
  }
}
