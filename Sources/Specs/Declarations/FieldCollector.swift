/// Goes through the stored properties of a spec, which are its fields and groups of fields.
///
/// The compiler writes `encode(to:)` of every `FieldGroup`: it visits the properties in the order of their declaration,
/// with their names. That is all that `Encodable` is there for; reflection, which would do as well, looks up the type
/// of each property by name every time, and takes several times as long.
final class FieldCollector: Encoder {
  private var fields: [any AnyField] = []
  /// The fields as a layout has them; nil if only the fields are wanted.
  private var members: [FieldLayout.Member]?
  /// The name of the property that is visited.
  private var name = ""

  /// The groups of fields among the properties, if members are wanted.
  private var groups: [any FieldGroup] = []

  private init(members: [FieldLayout.Member]?) { self.members = members }

  /// The fields of `group`, in order, those of groups in their place.
  static func fields<Group: FieldGroup>(of group: Group) -> [any AnyField] {
    // Many specs have no fields: activations, initializers.
    guard MemoryLayout<Group>.size > 0 else { return [] }
    let collector = FieldCollector(members: nil)
    collector.visit(group)
    return collector.fields
  }

  /// The same as members of a layout.
  static func members(of group: some FieldGroup) -> [FieldLayout.Member] {
    let collector = FieldCollector(members: [])
    collector.visit(group)
    return collector.members ?? []
  }

  /// The groups of fields that are properties of `group`.
  static func groups(of group: some FieldGroup) -> [any FieldGroup] {
    let collector = FieldCollector(members: [])
    collector.visit(group)
    return collector.groups
  }

  /// Takes in a field whose `encode(to:)` was called.
  func add(_ field: some AnyField) {
    guard members != nil else { return fields.append(field) }
    members?.append(FieldLayout.Member(field, property: name))
  }

  private func visit(_ value: some Encodable) {
    do {
      try value.encode(to: self)
    } catch {
      preconditionFailure("\(type(of: value)) has more than fields: \(error)")
    }
  }

  private func visit(_ value: some Encodable, named name: @autoclosure () -> String) {
    guard members != nil else { return visit(value) }
    if let group = value as? any FieldGroup {
      groups.append(group)
      members? += FieldLayout.of(group).members
    } else {
      self.name = name()
      visit(value)
    }
  }

  /// The properties of one spec or group.
  private struct Properties<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let collector: FieldCollector

    var codingPath: [any CodingKey] { [] }

    func encode(_ value: some Encodable, forKey key: Key) {
      collector.visit(value, named: key.stringValue)
    }

    func encodeNil(forKey key: Key) { notAField() }
    func superEncoder() -> any Encoder { notAField() }
    func superEncoder(forKey key: Key) -> any Encoder { notAField() }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { notAField() }
    func nestedContainer<NestedKey>(
      keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> { notAField() }
  }

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Properties(collector: self))
  }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { notAField() }
  func singleValueContainer() -> any SingleValueEncodingContainer { notAField() }
}

private func notAField() -> Never {
  preconditionFailure("a spec has a property that is neither a field nor a group of fields")
}
