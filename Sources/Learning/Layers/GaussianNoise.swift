import Specs
import Tensors

/// Noise of mean 0 on each value, in training only.
package struct GaussianNoise: LayerSpec {
  package static let type = "gaussian_noise"
  package static let summary = "In training, adds a normal random number to each value."
  package static let source: String? = "Keras's GaussianNoise"
  package static let otherNames = ["noise", "GaussNoise", "random_noise"]

  @Field("Standard deviation of the numbers.", example: "0.1", .atLeast(0)) package var stddev:
    Double

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.gaussianNoise(deviation: Float(stddev)), layer: name, input: input)
  }
}
