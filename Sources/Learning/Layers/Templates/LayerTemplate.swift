import Diagnostics
import Documents
import Specs

/// An entry of a list of layers that stands for several of them. Specs are read without: `LayerExpansion` puts the
/// layers in its place.
protocol LayerTemplate: Spec {}

/// The layers of a template, not yet read: what they are is known only once values are in the place of `${…}`.
package struct LayerItems: SpecValue {
  let items: [Node]

  package static var schema: Schema {
    .described("a list of layers", .list(.member(LayerCatalog.self), [("minItems", .integer(1))]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> LayerItems? {
    guard case .list(let items) = node.kind, !items.isEmpty else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    return LayerItems(items: items)
  }

  package var tree: PlainValue { .list(items.map(\.tree)) }
}
