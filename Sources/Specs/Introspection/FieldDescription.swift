import Diagnostics
import Documents

/// A field as its spec declares it.
package struct FieldDescription: Sendable {
  package let key: String
  /// One sentence.
  package let help: String
  /// The form of its values, with their bounds.
  package let schema: Schema
  /// True if it must be there.
  package let isRequired: Bool
  /// The value where it is not there; nil if there is none then.
  package let defaultValue: PlainValue?
  /// The conditions on the value, as in `must be at least 1`.
  package let conditions: [String]
  /// A value to begin with, as the declaration has it, or as it follows from what is required.
  package var example: PlainValue? { makeExample() }
  /// True if the declaration has an example, so that those of its spec show it.
  let hasExample: Bool
  private let makeExample: @Sendable () -> PlainValue?

  init<Value>(_ field: Field<Value>, key: String) {
    self.key = key
    help = field.help
    schema = field.checks.reduce(Value.schema) { $0.bounded(by: $1.bounds) }
    isRequired = field.defaultValue == nil
    let tree = field.defaultValue?.treeWithoutDefaults
    defaultValue = tree == .null ? nil : tree
    conditions = field.checks.map(\.text)
    hasExample = field.example != nil
    let example = field.example
    makeExample = { example.map { Value.example(from: $0) } ?? Value.schema.example }
  }
}

extension FieldGroup {
  /// Its fields in the order of their declaration.
  package static var fieldDescriptions: [FieldDescription] {
    Self().fields.map { $0.field.description(key: $0.key) }
  }
}

extension Catalog {
  /// The fields that all members have.
  package static var commonDescriptions: [FieldDescription] { Common.fieldDescriptions }
}

extension SpecValue {
  /// The value that `text` says, as short as it can be written.
  fileprivate static func example(from text: String) -> PlainValue {
    var diagnostics = Diagnostics()
    let node = YAML.parse(SourceFile(path: "example", text: text), &diagnostics)
    guard let value = node.flatMap({ decode($0, &diagnostics) }), !diagnostics.hasErrors else {
      preconditionFailure("an example is wrong: \(diagnostics.rendered())")
    }
    return value.treeWithoutDefaults
  }
}
