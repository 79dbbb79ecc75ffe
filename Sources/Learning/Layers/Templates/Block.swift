import Diagnostics
import Documents
import Specs

/// A use of layers that stand under `blocks`.
///
/// All keys beside its own are the block's parameters.
package struct Block: LayerTemplate {
  package static let type = "block"
  package static let summary = "Stands for the layers of a block, with values for its parameters."
  package static let takesOtherKeys = true

  @Field("The block's name under 'blocks'. All other keys are its parameters.", example: "hidden")
  package var use: String

  package init() {}
}

/// A value under `blocks`: layers with parameters, or the layers alone.
package struct BlockDefinition: SpecValue {
  /// Names of parameters with what they are where a use says nothing; nothing where each use must say it.
  let parameters: AnyMap
  let layers: LayerItems

  package static var schema: Schema {
    .described(
      "a list of layers, or a map with parameters and layers",
      .alternatives([LayerItems.schema, .spec(Parts.self)]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> BlockDefinition? {
    switch node.kind {
    case .list:
      return LayerItems.decode(node, &diagnostics).map {
        BlockDefinition(parameters: [:], layers: $0)
      }
    case .map:
      return Parts.decode(node, &diagnostics).map {
        BlockDefinition(parameters: $0.parameters, layers: $0.layers)
      }
    default:
      reportWrongType(node, &diagnostics)
      return nil
    }
  }

  package var tree: PlainValue {
    parameters.entries.isEmpty
      ? layers.tree : .map([("parameters", parameters.tree), ("layers", layers.tree)])
  }

  private struct Parts: Spec {
    static let type = "block_definition"
    static let summary = "Layers with a name, to be used several times."
    @Field(
      "Names that '${…}' in the layers may use, and their values; without a value, each use must give one.",
      .reachableNames)
    var parameters: AnyMap = [:]
    @Field("The layers, in order. 'input' is what the block takes.", example: "[relu]")
    var layers: LayerItems

    /// Reports parameters that could not be told from what every layer has.
    func validate(_ diagnostics: inout Diagnostics) {
      for entry in parameters.entries {
        guard let name = entry.key.text, ownKeys.contains(name) else { continue }
        diagnostics.error(
          .reservedParameter, "a parameter cannot be called '\(name)'", at: entry.key.location,
          hint: "layers have that themselves")
      }
    }
  }

  /// Keys of a use that are no parameters.
  static let ownKeys: Set<String> = ["type", "use", "name", "inputs", "trainable"]
}
