internal import TextLayout

/// All the specs of one kind: the layers, the optimizers.
public protocol Catalog: Sendable {
  /// What the specs are used as, such as `any LayerSpec`.
  associatedtype Member: Sendable

  /// What one of them is called: `layer`.
  static var noun: String { get }
  /// Every spec that `type:` can name, in the order in which they are listed.
  static var all: [any Spec.Type] { get }
}

/// One spec of a catalogue, told by `type:`. Its name alone is short for `{type: name}`.
public struct OneOf<C: Catalog>: SpecValue {
  /// The spec itself.
  public let value: C.Member

  /// Where it stands, so that later errors find their line; nil if made by code.
  public let node: Node?

  /// A member made by code.
  public init(_ value: C.Member) { self.init(value, at: nil) }

  private init(_ value: C.Member, at node: Node?) {
    self.value = value
    self.node = node
  }

  public static var typeDescription: String {
    "\("aeiou".contains(C.noun.prefix(1)) ? "an" : "a") \(C.noun)"
  }

  public static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    let name: Node
    let fields: [Node.Entry]
    switch node.kind {
    case .scalar where !node.isNull: (name, fields) = (node, [])
    case .map(let entries):
      guard let type = node["type"], !type.isNull else {
        reportMissingType(node, &diagnostics)
        return nil
      }
      (name, fields) = (type, entries.filter { $0.key.text != "type" })
    default:
      reportWrongType(node, &diagnostics, hint: names)
      return nil
    }
    guard let text = String.decode(name, &diagnostics) else { return nil }
    guard let type = C.all.first(where: { $0.type == text }) else {
      let near = Suggestions.nearest(to: text, among: C.all.map { $0.type })
      diagnostics.error(
        "unknown-type", "there is no \(C.noun) \(text.quoted)", at: name.location,
        hint: (near.map { "did you mean '\($0)'? " } ?? "") + names)
      // Once the type is mended its keys must be right too, so their mistakes are found now.
      _ = C.all.first { $0.type == near }?
        .decode(Node(.map(fields), at: node.location), &diagnostics)
      return nil
    }
    guard let spec = type.decode(Node(.map(fields), at: node.location), &diagnostics) else {
      return nil
    }
    guard let member = spec as? C.Member else {
      preconditionFailure("\(type) is in the catalogue of each \(C.noun), but is none")
    }
    return Self(member, at: node)
  }

  /// `type` first, then the fields; where there are none, the name alone.
  public var tree: SpecTree { tree(\.tree) }

  public var treeWithoutDefaults: SpecTree { tree(\.treeWithoutDefaults) }

  private func tree(_ fields: (any Spec) -> SpecTree) -> SpecTree {
    guard let spec = value as? any Spec, case .map(let fields) = fields(spec) else {
      preconditionFailure("\(value) is no spec")
    }
    let name = SpecTree.string(Swift.type(of: spec).type)
    return fields.isEmpty ? name : .map([(key: "type", value: name)] + fields)
  }

  private static var names: String {
    "there \(C.all.count == 1 ? "is" : "are") " + C.all.map { $0.type }.joined(separator: ", ")
  }

  private static func reportMissingType(_ node: Node, _ diagnostics: inout Diagnostics) {
    // `- conv2d: {filters: 32}`, as some other tools have it.
    let key = node.entries.count == 1 ? node.entries[0].key.text : nil
    let isType = C.all.contains { $0.type == key }
    diagnostics.error(
      "missing-type", "this \(C.noun) has no 'type'", at: node.location,
      hint: isType ? "write '{type: \(key ?? ""), …}'" : names)
  }
}
