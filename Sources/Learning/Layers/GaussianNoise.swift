import Specs
import Tensors

/// Keras's `GaussianNoise`.
public struct GaussianNoise: LayerSpec {
  public static let type = "gaussian_noise"
  public static let summary = "In training, adds a normal random number to each value."

  @Field("Standard deviation of the numbers.", .atLeast(0)) public var stddev: Double

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.gaussianNoise(deviation: Float(stddev)), layer: name, input: input)
  }
}
