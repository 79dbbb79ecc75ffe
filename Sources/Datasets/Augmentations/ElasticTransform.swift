import Diagnostics
import Specs
import Tensors

/// Bends images as if they were printed on rubber: each pixel is moved by random shifts that change smoothly.
///
/// The shifts are uniform noise filtered with a Gaussian. Their strength is given as it comes out:
/// `displacement` is the standard deviation of the shift along each axis. Where others say alpha and sigma, it is
/// about 0.16 alpha / sigma.
package struct ElasticTransform: ImageStep {
  package static let type = "elastic_transform"
  package static let summary = "Bends images by random shifts that change smoothly."
  package static let source: String? = "Simard, Steinkraus and Platt 2003"
  package static let otherNames = ["elastic", "RandomElasticTransform"]

  @Field(
    "Standard deviation of the shift of a pixel along each axis, in pixels.", example: "1.4",
    .range(0...1000))
  package var displacement: Double

  @Field(
    "Standard deviation of the Gaussian that smooths the shifts, in pixels.", .range(1...100))
  package var smoothness: Double = 4

  package var fields = SamplingFields()

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    guard displacement > smoothness else { return }
    diagnostics.warning(
      .tornImages, "a displacement larger than the smoothness tears images to pieces",
      at: $displacement.location,
      hint: "both are in pixels: alpha 34 with sigma 4 elsewhere is a displacement of 1.4")
  }

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let noise = SmoothNoise(height: shape.height, width: shape.width, smoothness: smoothness)
    let deviation = displacement
    let sampling = fields.sampling
    return { image, random in
      image.move(sampling) { x, y in
        noise.fill(x, deviation: deviation, using: &random)
        noise.fill(y, deviation: deviation, using: &random)
      }
    }
  }
}
