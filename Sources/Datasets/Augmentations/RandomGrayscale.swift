import Specs
import Tensors

/// Replaces each colour by its grey: 0.2989 red + 0.587 green + 0.114 blue (ITU-R 601-2).
package struct RandomGrayscale: ImageStep {
  package static let type = "random_grayscale"
  package static let summary = "Takes the colours from some images."
  package static let source: String? = "torchvision's RandomGrayscale"
  package static let otherNames = ["grayscale", "greyscale", "random_greyscale", "to_gray"]
  package static let channels: [Int]? = [3]

  @Field("How likely an image is to lose its colours.", .range(0...1))
  package var probability: Double = 0.1

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let probability = probability
    return { image, random in
      guard random.happens(probability) else { return }
      image.removeColours()
    }
  }
}
