import Diagnostics
import Specs
import Testing

struct VocabularyTests {
  private let vocabulary = Vocabulary(root: Nested.self)

  /// A catalogue whose members contain members of it.
  private enum Steps: Catalog {
    typealias Member = any Spec
    static let noun = "step"
    static let all: [any Spec.Type] = [Repeat.self, Dropout.self]
  }

  private struct Repeat: Spec {
    static let type = "repeat", summary = "Takes its steps again and again."
    @Field("Steps.") var steps: [OneOf<Steps>]
    @Field("How often.") var count = 2
  }

  private struct Nested: Spec {
    static let type = "nested", summary = "A root."
    @Field("What is done.") var plan: [OneOf<Steps>] = []
    @Field("How long.") var training: Training
  }

  @Test func itFindsEverythingOnce() {
    #expect(vocabulary.sections.map { $0.type.type } == ["nested", "training"])
    #expect(vocabulary.families.map { $0.catalog.noun } == ["step"])
    #expect(vocabulary.families.map(\.place.path) == ["plan"])
    #expect(vocabulary.names == ["nested", "plan", "step", "repeat", "dropout", "training"])
  }

  @Test(arguments: [
    ("rate", "'dropout' under 'plan' has 'rate'"), ("steps", "'repeat' under 'plan' has 'steps'"),
    ("epochs", nil), ("training", "'training' belongs at the top level"), ("sandwich", nil),
  ])
  func aKeyOfAnotherMapIsFound(key: String, hint: String?) {
    #expect(vocabulary.whereabouts(of: key, notIn: Training.self) == hint)
  }

  @Test func aKeyOfAnotherMemberIsNotElsewhere() {
    #expect(vocabulary.whereabouts(of: "rate", notIn: Repeat.self) == nil)
    #expect(vocabulary.whereabouts(of: "p", notIn: Repeat.self) == nil)
    #expect(vocabulary.whereabouts(of: "epochs", notIn: Repeat.self) == "'training' has it")
  }

  @Test func aMisplacedKeyPointsToItsPlace() {
    #expect(
      findings("{training: {epochs: 1}, epochs: 3, lr: 2}", as: Nested.self) == """
        a.yaml:1:25: error: 'nested' has no 'epochs'
            1 | {training: {epochs: 1}, epochs: 3, lr: 2}
              |                         ^
        hint: 'training' has it
        a.yaml:1:36: error: 'nested' has no 'lr'
            1 | {training: {epochs: 1}, epochs: 3, lr: 2}
              |                                    ^
        hint: 'training' has 'learning_rate'
        """)
  }

  /// What a name stands for, in short.
  private func subjects(_ name: String) throws -> [String] {
    try vocabulary.subjects(named: name).map { subject in
      switch subject {
      case .section(let section): "section \(section.type.type)"
      case .family(let family): "catalogue \(family.catalog.noun)"
      case .member(let type, let family): "\(family.catalog.noun) \(type.type)"
      case .field(let field, let owners): "\(field.key) of \(owners.joined(separator: ", "))"
      }
    }
  }

  @Test(arguments: [
    ("nested", ["section nested"]), ("training", ["section training"]),
    ("plan", ["catalogue step"]),
    ("step", ["catalogue step"]), ("steps", ["catalogue step"]), ("dropout", ["step dropout"]),
    ("rate", ["rate of dropout"]), ("training.epochs", ["epochs of training"]),
    ("plan.rate", ["rate of dropout"]), ("plan.repeat.steps.repeat.count", ["count of repeat"]),
    ("repeat.steps", ["catalogue step"]),
  ])
  func aNameLeadsTo(name: String, found: [String]) throws {
    #expect(try subjects(name) == found)
  }

  @Test(arguments: [
    (
      "Dropuot", "there is nothing called 'Dropuot' to explain",
      "did you mean 'dropout'? there are sections (nested, training) and types of step; "
        + "'exp explain' lists all"
    ),
    (
      "dropout.p", "'dropout' has no 'p'", "did you mean 'rate'? 'dropout' has rate"
    ),
    (
      "batchsize", "there is nothing called 'batchsize' to explain",
      "did you mean 'batch_size'? there are sections (nested, training) and types of step; "
        + "'exp explain' lists all"
    ),
    ("training.epochs.x", "'epochs' has no 'x'", "it is a value and has no keys"),
  ])
  func anUnknownNameIsExplained(name: String, message: String, hint: String) {
    let error = #expect(throws: Diagnostic.self) { try vocabulary.subjects(named: name) }
    #expect(error?.message == message)
    #expect(error?.hint == hint)
  }
}
