import Documents
import Synchronization

/// Where a type keeps its fields, found by reflection once and then known: reading a spec asks for them again and again.
struct FieldLayout: Sendable {
  /// One field.
  struct Member: Sendable {
    /// The key in YAML.
    let key: String
    /// What is written of its default where defaults are left out.
    let defaultTree: PlainValue?
    fileprivate let offset: Int
    fileprivate let read: @Sendable (UnsafeRawPointer) -> any AnyField
  }

  /// In the order of their declaration, those of groups in their place.
  let members: [Member]

  private static let known = Mutex<[ObjectIdentifier: FieldLayout]>([:])

  /// The layout of `Group`.
  static func of<Group: FieldGroup>(_ type: Group.Type) -> FieldLayout {
    let identity = ObjectIdentifier(type)
    if let layout = known.withLock({ $0[identity] }) { return layout }
    let layout = FieldLayout(Group())
    known.withLock { $0[identity] = layout }
    return layout
  }

  /// Stored properties stand one after the other, each aligned; that this finds the very fields that reflection finds
  /// is checked.
  private init<Group: FieldGroup>(_ example: Group) {
    var (members, end) = ([Member](), 0)
    /// Where a value comes to stand.
    func offset<Value>(of _: Value) -> Int {
      let alignment = MemoryLayout<Value>.alignment
      let offset = (end + alignment - 1) / alignment * alignment
      end = offset + MemoryLayout<Value>.size
      return offset
    }
    for child in Mirror(reflecting: example).children {
      if let group = child.value as? any FieldGroup {
        let start = offset(of: group)
        members += Self.of(group).members.map { $0.moved(by: start) }
      } else if let field = child.value as? any AnyField, let label = child.label {
        members.append(Member(field, label: label, offset: offset(of: field)))
      }
    }
    self.members = members
    let reflected = Self.fields(reflecting: example)
    precondition(
      end == MemoryLayout<Group>.size && reflected.count == members.count
        && zip(fields(of: example), reflected).allSatisfy { $0.identity == $1.identity },
      "\(Group.self) does not keep its fields where they are expected")
  }

  /// The fields of `group`, which has this layout, in order.
  func fields<Group: FieldGroup>(of group: Group) -> [any AnyField] {
    withUnsafeBytes(of: group) { bytes in
      guard let start = bytes.baseAddress else { return [] }
      return members.map { $0.read(start + $0.offset) }
    }
  }

  private static func of(_ group: some FieldGroup) -> FieldLayout { of(type(of: group)) }

  private static func fields(reflecting group: some FieldGroup) -> [any AnyField] {
    Mirror(reflecting: group).children.flatMap { child -> [any AnyField] in
      if let group = child.value as? any FieldGroup { return fields(reflecting: group) }
      return (child.value as? any AnyField).map { [$0] } ?? []
    }
  }
}

extension FieldLayout.Member {
  fileprivate init<Field: AnyField>(_ field: Field, label: String, offset: Int) {
    key = field.key ?? String(label.dropFirst()).snakeCase
    defaultTree = field.defaultTree
    self.offset = offset
    read = { $0.load(as: Field.self) }
  }

  fileprivate func moved(by distance: Int) -> FieldLayout.Member {
    FieldLayout.Member(
      key: key, defaultTree: defaultTree, offset: offset + distance, read: read)
  }
}

extension String {
  /// `kernelSize` → `kernel_size`
  fileprivate var snakeCase: String {
    reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }
}
