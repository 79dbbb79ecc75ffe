import Specs
import Tensors

/// Noise of mean 0 on each value, in training only.
public struct GaussianNoise: LayerSpec {
  public static let type = "gaussian_noise"
  public static let summary = "In training, adds a normal random number to each value."
  public static let source: String? = "Keras's GaussianNoise"

  @Field("Standard deviation of the numbers.", example: "0.1", .atLeast(0)) public var stddev:
    Double

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.gaussianNoise(deviation: Float(stddev)), layer: name, input: input)
  }
}
