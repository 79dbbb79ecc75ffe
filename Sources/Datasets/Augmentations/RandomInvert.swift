import Specs
import Tensors

/// Swaps black and white: each number becomes 1 minus itself.
package struct RandomInvert: ImageStep {
  package static let type = "random_invert"
  package static let summary = "Swaps black and white in some images."
  package static let otherNames = ["invert"]

  @Field("How likely an image is to be inverted.", .range(0...1))
  package var probability: Double = 0.5

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let probability = probability
    return { image, random in
      guard random.happens(probability) else { return }
      image.edit { pixels in
        for place in pixels.indices { pixels[place] = 1 - pixels[place] }
      }
    }
  }
}
