import Diagnostics
import Documents
import Specs

/// The fields of every layer of a model, whatever its type.
package struct LayerFields: FieldGroup {
  @Field("Name of the layer; by default its type, with a number where it is not the first.", .name)
  package var name: String?
  @Field(
    "Names of the layers whose results it takes; by default the layer before it. "
      + "'input' are the images.")
  package var inputs: [LayerReference]?
  @Field(
    "Whether training changes its parameters. Batch normalization that it does not change "
      + "uses its moving statistics in training too.")
  package var trainable = true

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "trainable": ["requires_grad"],
      "inputs": ["input", "inbound_nodes"],
    ]
  }
}

/// The name of a layer, where it is used.
package struct LayerReference: SpecValue {
  package let name: String
  package let location: Location

  package static var schema: Schema { .described("the name of a layer", .text()) }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    String.decode(node, &diagnostics).map { Self(name: $0, location: node.location) }
  }

  package var tree: PlainValue { .string(name) }
}

extension Check where Value == String? {
  /// Characters that can stand before the point in a parameter's name.
  fileprivate static var name: Self {
    Check(
      "must consist of letters, digits, '_' and '-'",
      bounds: [("pattern", .string("^[A-Za-z0-9_-]+$"))]
    ) { name in
      name.map { name in
        !name.isEmpty
          && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "_-".contains($0) }
      } ?? true
    }
  }
}
