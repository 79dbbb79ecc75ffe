import Specs
import Tensors

/// x · scale + offset, as Keras's `Rescaling`.
public struct Rescaling: LayerSpec {
  public static let type = "rescaling"
  public static let summary = "Multiplies each value with a number, and adds another."

  @Field("What values are multiplied with.") public var scale: Double
  @Field("What is added then.") public var offset = 0.0

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(
      .rescaling(scale: Float(scale), offset: Float(offset)), layer: name, input: input)
  }
}
