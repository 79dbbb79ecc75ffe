import Specs
import Tensors

/// x · scale + offset.
public struct Rescaling: LayerSpec {
  public static let type = "rescaling"
  public static let summary = "Multiplies each value with a number, and adds another."
  public static let source: String? = "Keras's Rescaling"

  @Field("What values are multiplied with.", example: "2.0") public var scale: Double
  @Field("What is added then.") public var offset = 0.0

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(
      .rescaling(scale: Float(scale), offset: Float(offset)), layer: name, input: input)
  }
}
