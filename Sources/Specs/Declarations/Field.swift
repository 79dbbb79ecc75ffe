import Diagnostics
import Documents

/// Declares a field of a spec: its help, key, checks and default, all in one place.
///
///     @Field("Step between windows, in pixels.", .atLeast(1)) var strides: Pair = 1
///
/// The key is the property's name in snake case. Without a default the field is required, unless
/// it is optional. An `example` is YAML; help, reference page and editors show it.
@propertyWrapper
package struct Field<Value: SpecValue>: Sendable {
  // Written to only while no other value shares it: copies of a spec stay independent.
  private final class Storage: @unchecked Sendable {
    var value: Value?
    /// What is written of the value, where that is known beforehand: in what many specs share.
    var treeWithoutDefaults: PlainValue?
    var canonicalJSON: String?
    init(_ value: Value?) { self.value = value }
  }

  /// One sentence for help, reference page and messages.
  package let help: String
  /// What must hold for the value; all of it.
  package let checks: [Check<Value>]
  /// The value where the key is absent; nil if the field is required.
  package let defaultValue: Value?
  let key: String?
  let example: String?
  private var storage: Storage

  /// A field with a default.
  package init(
    wrappedValue: Value, _ help: String, key: String? = nil, example: String? = nil,
    _ checks: Check<Value>...
  ) {
    (self.help, self.key, self.example, self.checks) = (help, key, example, checks)
    defaultValue = wrappedValue
    storage = Storage(wrappedValue)
  }

  /// A required field, or one that is optional.
  package init(
    _ help: String, key: String? = nil, example: String? = nil, _ checks: Check<Value>...
  ) {
    (self.help, self.key, self.example, self.checks) = (help, key, example, checks)
    defaultValue = Value.whenAbsent
    storage = Storage(Value.whenAbsent)
  }

  /// The value; a required field has none until it is set.
  package var wrappedValue: Value {
    get {
      guard let value = storage.value else {
        preconditionFailure("read before it was set: \(help)")
      }
      return value
    }
    set {
      if isKnownUniquelyReferenced(&storage), storage.canonicalJSON == nil {
        storage.value = newValue
      } else {
        storage = Storage(newValue)
      }
    }
  }
}

/// A field whatever its type, as the code that goes through a spec's fields sees it.
protocol AnyField: Sendable {
  var help: String { get }
  var key: String? { get }
  var isRequired: Bool { get }

  /// What its declaration says, for help and schemas.
  func description(key: String) -> FieldDescription

  /// The value to be written; nil if it is absent and would be so again when read.
  var tree: PlainValue? { get }

  /// The value to be written where defaults are left out, though it may itself be the default.
  var treeWithoutDefaults: PlainValue? { get }

  /// That of the default; nil if the field is required.
  var defaultTree: PlainValue? { get }

  /// What it shares with its copies, and with no other field.
  var identity: ObjectIdentifier { get }

  /// The value without defaults as `PlainValue.canonicalJSON` has it.
  var canonicalJSON: String { get }

  /// Finds out what is written of the value, before others share it.
  func prepareForSharing()

  /// Takes the value of `other`, a field of another spec of the type; false if that is of another type. Only for a spec
  /// fresh from `init()`.
  func share(_ other: any AnyField) -> Bool

  /// Sets the value; false if there is none, which is then reported. Only for a spec fresh from
  /// `init()`, as it changes all copies.
  func fill(from node: Node, _ diagnostics: inout Diagnostics) -> Bool
}

extension Field: AnyField {
  var isRequired: Bool { defaultValue == nil }

  func description(key: String) -> FieldDescription { FieldDescription(self, key: key) }

  var tree: PlainValue? {
    let tree = wrappedValue.tree
    return tree == .null && defaultValue?.tree == .null ? nil : tree
  }

  var treeWithoutDefaults: PlainValue? {
    storage.treeWithoutDefaults ?? wrappedValue.treeWithoutDefaults
  }
  var canonicalJSON: String {
    storage.canonicalJSON ?? wrappedValue.treeWithoutDefaults.canonicalJSON
  }
  var defaultTree: PlainValue? { defaultValue?.treeWithoutDefaults }
  var identity: ObjectIdentifier { ObjectIdentifier(storage) }

  func prepareForSharing() {
    guard let value = storage.value, storage.canonicalJSON == nil else { return }
    let tree = value.treeWithoutDefaults
    (storage.treeWithoutDefaults, storage.canonicalJSON) = (tree, tree.canonicalJSON)
  }

  func share(_ other: any AnyField) -> Bool {
    guard let other = other as? Field<Value> else { return false }
    storage.value = other.storage.value
    storage.treeWithoutDefaults = other.storage.treeWithoutDefaults
    storage.canonicalJSON = other.storage.canonicalJSON
    return true
  }

  func fill(from node: Node, _ diagnostics: inout Diagnostics) -> Bool {
    guard let value = Value.decode(node, &diagnostics) else { return false }
    if let failed = checks.first(where: { !$0.holds(value) }) {
      let got: String
      switch value.tree {
      case .string: got = value.shown
      case .list(let items) where items.count > 10: got = "\(items.count)"
      default: got = node.text ?? value.shown
      }
      diagnostics.error(.outOfRange, "\(failed.text), got \(got)", at: node.location)
      return false
    }
    storage.value = value
    return true
  }
}
