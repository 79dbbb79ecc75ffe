import Specs
import Tensors

/// Multiplies the distance of each pixel from the image's mean by a factor uniform between 1 − `fraction` and
/// 1 + `fraction`, and keeps the result between 0 and 1. The mean is each channel's own.
package struct RandomContrast: ImageStep {
  package static let type = "random_contrast"
  package static let summary = "Makes the differences between pixels larger or smaller."
  package static let source: String? = "Keras's RandomContrast"
  package static let otherNames = ["contrast"]

  @Field("The largest change, as a fraction.", example: "0.2", .range(0...1))
  package var fraction: Double

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let limit = Float(fraction)
    return { image, random in
      let factor = 1 + random.uniform(-limit...limit)
      image.edit { pixels in
        for channel in 0..<shape.channels {
          let places = stride(from: channel, to: pixels.count, by: shape.channels)
          var sum: Float = 0
          for place in places { sum += pixels[place] }
          let mean = sum / Float(shape.height * shape.width)
          for place in places {
            pixels[place] = min(max(mean + factor * (pixels[place] - mean), 0), 1)
          }
        }
      }
    }
  }
}
