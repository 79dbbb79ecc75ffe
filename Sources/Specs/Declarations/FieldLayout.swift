import Diagnostics
import Documents
import Synchronization

/// The keys and defaults of a type's fields, found once and then known: reading a spec asks for them again and again.
struct FieldLayout: Sendable {
  /// One field.
  struct Member: Sendable {
    /// The key in YAML.
    let key: String
    /// The tree of its default where defaults are left out. For a field of a group, that of the group's own `init()`,
    /// even if the spec starts the group from something else: hashes of experiments depend on it.
    let defaultTree: PlainValue?
    /// Tells if a field that nobody has set is sure to be left out.
    fileprivate(set) var hasItsDefault = false
  }

  /// In the order of their declaration, those of groups in their place.
  let members: [Member]
  /// Words by which others know the fields, those of the type itself before those of its groups.
  let otherKeys: OtherNames

  private static let known = Mutex<[ObjectIdentifier: FieldLayout]>([:])

  /// The layout of `Group`.
  static func of<Group: FieldGroup>(_ type: Group.Type) -> FieldLayout {
    let identity = ObjectIdentifier(type)
    if let layout = known.withLock({ $0[identity] }) { return layout }
    let layout = FieldLayout(Group())
    known.withLock { $0[identity] = layout }
    return layout
  }

  /// The layout of the type of `group`.
  static func of<Group: FieldGroup>(_ group: Group) -> FieldLayout { of(Group.self) }

  private init<Group: FieldGroup>(_ example: Group) {
    let groups = FieldCollector.groups(of: example)
    otherKeys = groups.reduce(Group.otherKeys) { $0.adding(FieldLayout.of($1).otherKeys) }
    members = zip(
      FieldCollector.members(of: example), FieldCollector.fields(of: example)
    ).map { member, field in
      var member = member
      member.hasItsDefault = !field.isRequired && field.defaultTree == member.defaultTree
      return member
    }
  }
}

extension FieldLayout.Member {
  /// A field that is a property of that name.
  init(_ field: some AnyField, property: String) {
    key = field.key ?? property.snakeCase
    defaultTree = field.defaultTree
  }
}

extension String {
  /// `kernelSize` → `kernel_size`
  fileprivate var snakeCase: String {
    reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }
}
