import Specs
import Tensors

/// Factors of mean 1 for each value, in training only.
package struct GaussianDropout: LayerSpec {
  package static let type = "gaussian_dropout"
  package static let summary = "In training, multiplies each value with a normal number around 1."
  package static let source: String? = "Srivastava et al. 2014; Keras's GaussianDropout"

  @Field(
    "The numbers vary as much as dropout's of this rate: their standard deviation is √(rate ÷ (1 - rate)).",
    example: "0.5", .range(0..<1))
  package var rate: Double

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.gaussianDropout(rate: Float(rate)), layer: name, input: input)
  }
}
