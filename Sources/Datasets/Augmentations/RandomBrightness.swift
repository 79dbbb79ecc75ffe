import Specs
import Tensors

/// Adds one number, uniform between −`fraction` and `fraction`, to all of the image, and keeps the result between
/// 0 and 1.
package struct RandomBrightness: ImageStep {
  package static let type = "random_brightness"
  package static let summary = "Makes images brighter or darker."
  package static let source: String? = "Keras's RandomBrightness"
  package static let otherNames = ["brightness", "ColorJitter"]

  @Field(
    "The largest change, as a fraction of the way from black to white.", example: "0.2",
    .range(0...1))
  package var fraction: Double

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let limit = Float(fraction)
    return { image, random in
      let change = random.uniform(-limit...limit)
      image.edit { pixels in
        for place in pixels.indices { pixels[place] = min(max(pixels[place] + change, 0), 1) }
      }
    }
  }
}
