import Diagnostics
import Documents
import Plans
import Specs
import Testing

/// What the declarations allow can be read, and what is written of it reads as the same.
@Suite struct GeneratedSpecsTests {
  /// What became of values.
  private struct Tally {
    var passed = 0
    var skipped = 0
  }

  /// Mistakes that no value has which is drawn as the declarations allow.
  private static let impossible: Set<Diagnostic.Identifier> = [
    .unknownKey, .missingKey, .unknownType, .missingType, .wrongType, .unknownMetric,
  ]

  /// Reads `tree` as written in YAML, writes what was read, and reads that.
  private func check<Value: SpecValue>(
    _ tree: PlainValue, as type: Value.Type, _ tally: inout Tally
  )
    throws
  {
    let text = YAML.emit(tree)
    var diagnostics = Diagnostics()
    let node = try YAML.parse(SourceFile(path: "drawn", text: text))
    guard let value = Value.decode(node, &diagnostics), !diagnostics.hasErrors else {
      let wrong = diagnostics.all.filter { Self.impossible.contains($0.identifier) }
      #expect(wrong.isEmpty, "\(text)\(diagnostics.rendered())")
      tally.skipped += 1
      return
    }
    var again = Diagnostics()
    let written = try YAML.parse(SourceFile(path: "written", text: YAML.emit(value.tree)))
    let second = Value.decode(written, &again)
    #expect(second?.tree == value.tree, "\(text)\(again.rendered())")
    #expect(second?.treeWithoutDefaults == value.treeWithoutDefaults, "\(text)")
    tally.passed += 1
  }

  private func check<C: Catalog>(_ tree: PlainValue, in catalog: C.Type, _ tally: inout Tally)
    throws
  {
    try check(tree, as: OneOf<C>.self, &tally)
  }

  @Test func membersOfEveryCatalogueReadAsTheyAreWritten() throws {
    var tally = Tally()
    for family in Vocabulary(root: ExperimentSpec.self).families {
      for member in family.catalog.all {
        for seed in 0..<8 as Range<UInt64> {
          var generator = ValueGenerator(seed: seed, fullness: seed < 4 ? 0.2 : 0.6)
          let tree = generator.member(member, of: family.catalog)
          try check(tree, in: family.catalog, &tally)
        }
      }
    }
    #expect(tally.passed + tally.skipped >= 600)
    #expect(tally.passed > tally.skipped, "\(tally)")
  }

  @Test func wholeExperimentsReadAsTheyAreWritten() throws {
    var tally = Tally()
    for seed in 1000..<1120 as Range<UInt64> {
      var generator = ValueGenerator(seed: seed, fullness: 0.15)
      guard case .map(let sections) = generator.value(ExperimentSpec.schema) else { continue }
      // What a spec is put together from is gone once it is read.
      let whole = sections.filter {
        !["extends", "variables", "blocks", "sweep"].contains($0.key)
      }
      try check(.map(whole), as: ExperimentSpec.self, &tally)
    }
    #expect(tally.passed > tally.skipped, "\(tally)")
  }
}
