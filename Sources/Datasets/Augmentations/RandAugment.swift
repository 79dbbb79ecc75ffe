import Specs
import Tensors

/// Applies several operations of RandAugment, each drawn from all, with one magnitude.
///
/// They are those of `TrivialAugment` in a narrower space. Those that move pixels compose into one resampling if they
/// follow one another.
package struct RandAugment: ImageStep {
  package static let type = "rand_augment"
  package static let summary = "Changes images by random operations of one magnitude."
  package static let source: String? =
    "Cubuk et al., 'RandAugment', 2019; torchvision's RandAugment"
  package static let otherNames = ["randaug"]
  package static let channels: [Int]? = [1, 3]

  @Field("How many operations an image goes through.", .range(1...20))
  package var numOps: Int = 2

  @Field("How strong they are, in steps of 30 to the largest.", .range(0...30))
  package var magnitude: Int = 9

  @Field("How pixel values between pixels are computed.")
  package var interpolation: Interpolation = .nearest

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let (count, level) = (numOps, magnitude)
    let sampling = Sampling(.constant, interpolation)
    let operations = AutomaticOperation.allCases
    return { image, random in
      for _ in 0..<count {
        operations[random.index(below: operations.count)].apply(
          to: &image, level: level, isReversed: random.happens(0.5), limits: .rand,
          sampling: sampling)
      }
    }
  }
}
