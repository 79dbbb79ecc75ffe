import Specs
import Tensors

/// Lays another training image over each, and gives both classes their share:
/// λ image + (1 − λ) other, with λ from Beta(`alpha`, `alpha`).
package struct MixUp: MixingStep {
  package static let type = "mixup"
  package static let summary =
    "Lays another training image over each; both classes get their share."
  package static let source: String? = "Zhang et al., 'mixup', 2017"

  @Field(
    "Both parameters of the beta distribution: the larger, the more even the shares.",
    .range(0.01...100))
  package var alpha: Double = 0.2

  package init() {}

  package func mixture(of shape: ImageShape, using random: inout RandomSequence) -> Mixture {
    .overlay(share: Float(random.beta(alpha)))
  }
}
