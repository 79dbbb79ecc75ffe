import Specs

/// A use of layers that stand under `blocks`.
///
/// All keys beside its own are the block's parameters.
public struct Block: LayerTemplate {
  public static let type = "block"
  public static let summary = "Stands for the layers of a block, with values for its parameters."

  @Field("The block's name under 'blocks'. All other keys are its parameters.")
  public var use: String

  public init() {}
}

/// What stands under `blocks`: layers with parameters, or the layers alone.
public struct BlockDefinition: SpecValue {
  /// Names of parameters with what they are where a use says nothing; nothing where each use must say it.
  let parameters: [Node.Entry]
  let layers: LayerItems

  public static var typeDescription: String {
    "a list of layers, or a map with parameters and layers"
  }

  public static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> BlockDefinition? {
    if case .list = node.kind {
      return LayerItems.decode(node, &diagnostics).map {
        BlockDefinition(parameters: [], layers: $0)
      }
    }
    guard let definition = Parts.decode(node, &diagnostics) else { return nil }
    return BlockDefinition(parameters: definition.parameters.entries, layers: definition.layers)
  }

  public var tree: SpecTree { .null }

  private struct Parts: Spec {
    static let type = "blocks"
    static let summary = "Layers with a name, to be used several times."
    @Field(
      "Names that '${…}' in the layers may use, and their values; without a value, each use must give one."
    )
    var parameters: AnyMap = [:]
    @Field("The layers, in order. 'input' is what the block takes.") var layers: LayerItems
  }

  /// Reports parameters that could not be told from what every layer has.
  func validate(_ diagnostics: inout Diagnostics) -> Bool {
    let reserved = parameters.filter { Self.ownKeys.contains($0.key.text ?? "") }
    for entry in reserved {
      diagnostics.error(
        .reservedParameter, "a parameter cannot be called '\(entry.key.text ?? "")'",
        at: entry.key.location, hint: "layers have that themselves")
    }
    return reserved.isEmpty
  }

  /// Keys of a use that are no parameters.
  static let ownKeys: Set<String> = ["type", "use", "name", "inputs", "trainable"]
}
