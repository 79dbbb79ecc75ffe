/// A map whose keys and values are the user's own, and not read yet.
public struct AnyMap: SpecValue, ExpressibleByDictionaryLiteral {
  public let entries: [Node.Entry]

  public init(dictionaryLiteral elements: (Never, Never)...) { entries = [] }

  private init(_ entries: [Node.Entry]) { self.entries = entries }

  public static var schema: Schema {
    .described("a map of names and values", .map(others: .anything))
  }

  public static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> AnyMap? {
    guard case .map(let entries) = node.kind else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    return AnyMap(entries)
  }

  public var tree: SpecTree { .map(entries.map { ($0.key.text ?? "", $0.value.tree) }) }
}
