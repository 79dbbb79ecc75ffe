import Diagnostics
import Documents
import Specs

/// The images to choose by: the dataset's own validation part, or some of its training images.
package enum ValidationPart: SpecValue {
  case own(Node?)
  case heldOut(Portion)

  private static let own = "own"

  /// The node that it was read from; nil if made by code.
  package var node: Node? {
    switch self {
    case .own(let node): node
    case .heldOut(let portion): portion.node
    }
  }

  package static var schema: Schema {
    .described(
      "a number of images, a fraction between 0 and 1, or own",
      .alternatives([.names([own]), Portion.schema]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> ValidationPart? {
    if node.text == own { return .own(node) }
    if let portion = Portion(node) { return .heldOut(portion) }
    let near = node.text.flatMap { Suggestions.nearest(to: $0, among: [own]) }
    reportWrongType(
      node, &diagnostics, hint: near.map { "did you mean '\($0)'?" } ?? node.percentHint)
    return nil
  }

  package var tree: PlainValue {
    switch self {
    case .own: .string(Self.own)
    case .heldOut(let portion): portion.tree
    }
  }
}
