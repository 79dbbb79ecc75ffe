import Diagnostics
import Documents

/// Declares a field of a spec: its help, key, checks and default, all in one place.
///
///     @Field("Step between windows, in pixels.", .atLeast(1)) var strides: Pair = 1
///
/// The key is the property's name in snake case. Without a default the field is required, unless
/// it is optional. An `example` is YAML; help, reference page and editors show it.
///
/// `$strides` is the field itself, which knows where its value stands.
@propertyWrapper
package struct Field<Value: SpecValue>: Sendable {
  // One reference and no more: fields pass as `any AnyField` without being boxed.
  private var storage: Storage

  // Written to only while no other value shares it: copies of a spec stay independent.
  private final class Storage: @unchecked Sendable {
    let help: String
    let key: String?
    let example: String?
    let checks: [Check<Value>]
    let defaultValue: Value?

    var value: Value?
    /// Tells if the value came after `init()`, even if it is the default again.
    var isSet = false
    /// The node that was read; nil for a default, and for a value set by code.
    var node: Node?
    /// The map that the spec was read from; nil for a spec made by code.
    var map: Node?
    /// The tree to be written, where that is known beforehand: for values that many specs share.
    var treeWithoutDefaults: PlainValue?
    var canonicalJSON: String?

    init(
      _ help: String, _ key: String?, _ example: String?, _ checks: [Check<Value>],
      defaultValue: Value?
    ) {
      self.help = help
      self.key = key
      self.example = example
      self.checks = checks
      self.defaultValue = defaultValue
      value = defaultValue
    }

    /// The storage of the same field in a copy of the spec, with a value of its own.
    func copy(with value: Value) -> Storage {
      let copy = Storage(help, key, example, checks, defaultValue: defaultValue)
      copy.value = value
      copy.map = map
      return copy
    }
  }

  /// A field with a default.
  package init(
    wrappedValue: Value, _ help: String, key: String? = nil, example: String? = nil,
    _ checks: Check<Value>...
  ) {
    storage = Storage(help, key, example, checks, defaultValue: wrappedValue)
  }

  /// A required field, or one that is optional.
  package init(
    _ help: String, key: String? = nil, example: String? = nil, _ checks: Check<Value>...
  ) {
    storage = Storage(help, key, example, checks, defaultValue: Value.whenAbsent)
  }

  /// The value; a required field has none until it is set.
  ///
  /// A value that is set by code drops the place of the one before it: `location` is then the whole spec's.
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
        storage.node = nil
      } else {
        storage = storage.copy(with: newValue)
      }
      storage.isSet = true
    }
  }

  /// The field itself, with the place of its value.
  package var projectedValue: Field { self }

  /// One sentence for help, reference page and messages.
  package var help: String { storage.help }
  /// The conditions on the value, all of which must hold.
  package var checks: [Check<Value>] { storage.checks }
  /// The value where the key is absent; nil if the field is required.
  package var defaultValue: Value? { storage.defaultValue }

  /// The value, or the right items of a list with mistakes; nil if there is none, or a wrong one.
  package var value: Value? { storage.value }

  /// The node that the value was read from; nil for a default, and for a value set by code.
  package var node: Node? { storage.node }

  /// The place of the value; that of the whole spec for a default, and for a value set by code.
  package var location: Location? { storage.node?.location ?? specLocation }

  /// The place of the spec that has the field; nil if the spec was made by code.
  package var specLocation: Location? { storage.map?.location }

  /// The place of an item of a list, or of the list if that has no such item.
  package func location(ofItem index: Int) -> Location? {
    let items = storage.node?.items ?? []
    return items.indices.contains(index) ? items[index].location : location
  }
}

/// A field whatever its type, as the code that goes through a spec's fields sees it.
protocol AnyField: Sendable {
  var help: String { get }
  var key: String? { get }
  var example: String? { get }
  var isRequired: Bool { get }
  /// True if its value says where something lies.
  var isPath: Bool { get }
  /// Tells if it was given a value after `init()`.
  var isSet: Bool { get }

  /// The description of its declaration, for help and schemas.
  func description(key: String) -> FieldDescription

  /// The value to be written; nil if it is absent and would be so again when read.
  var tree: PlainValue? { get }

  /// The value to be written where defaults are left out, though it may itself be the default.
  var treeWithoutDefaults: PlainValue? { get }

  /// That of the default; nil if the field is required.
  var defaultTree: PlainValue? { get }

  /// The value without defaults as `PlainValue.canonicalJSON` has it.
  var canonicalJSON: String { get }

  /// Finds out what is written of the value, before others share it.
  func prepareForSharing()

  /// Takes the value of `other`, a field of another spec of the type, and its place; false if that is of another type.
  /// Only for a spec fresh from `init()`.
  func share(_ other: any AnyField) -> Bool

  /// Remembers the map that its spec is read from. Only for a spec fresh from `init()`.
  func place(in map: Node)

  /// Sets the value and its place; false if the value is wrong, which is then reported. Only for a spec fresh from
  /// `init()`, as it changes all copies.
  func fill(from node: Node, _ diagnostics: inout Diagnostics) -> Bool
}

extension Field: AnyField {
  var key: String? { storage.key }
  var example: String? { storage.example }
  var isRequired: Bool { defaultValue == nil }
  var isPath: Bool { Value.self is FilePath.Type || Value.self is FilePath?.Type }
  var isSet: Bool { storage.isSet }

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

  func prepareForSharing() {
    guard let value = storage.value, storage.canonicalJSON == nil else { return }
    let tree = value.treeWithoutDefaults
    storage.treeWithoutDefaults = tree
    storage.canonicalJSON = tree.canonicalJSON
  }

  func share(_ other: any AnyField) -> Bool {
    guard let other = other as? Field<Value> else { return false }
    storage.value = other.storage.value
    storage.isSet = other.storage.isSet
    storage.node = other.storage.node
    storage.treeWithoutDefaults = other.storage.treeWithoutDefaults
    storage.canonicalJSON = other.storage.canonicalJSON
    return true
  }

  func place(in map: Node) { storage.map = map }

  func fill(from node: Node, _ diagnostics: inout Diagnostics) -> Bool {
    let (value, isWhole) = Value.decodeParts(node, &diagnostics)
    storage.node = node
    storage.value = value
    storage.isSet = true
    guard let value, isWhole else { return false }
    guard let failed = checks.first(where: { !$0.holds(value) }) else { return true }
    storage.value = nil
    let got: String
    switch value.tree {
    case .string: got = value.shown
    case .list(let items) where items.count > 10: got = "\(items.count)"
    default: got = node.text ?? value.shown
    }
    diagnostics.error(.outOfRange, "\(failed.text), got \(got)", at: node.location)
    return false
  }
}

extension Field: Encodable {
  /// Hands itself to the collector of a spec's fields; nothing else encodes specs.
  package func encode(to encoder: any Encoder) throws {
    guard let collector = encoder as? FieldCollector else {
      throw EncodingError.invalidValue(
        help, .init(codingPath: encoder.codingPath, debugDescription: "a spec is written as YAML"))
    }
    collector.add(self)
  }
}
