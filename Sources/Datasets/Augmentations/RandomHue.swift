import Specs
import Tensors

/// Turns all hues by one angle, uniform between −`fraction` and `fraction` of the colour circle.
package struct RandomHue: ImageStep {
  package static let type = "random_hue"
  package static let summary = "Turns the hues of images around the colour circle."
  package static let source: String? = "torchvision's adjust_hue"
  package static let otherNames = ["hue"]
  package static let channels: [Int]? = [3]

  @Field(
    "The largest turn, as a fraction of the colour circle; 0.5 makes cyan of red.", example: "0.05",
    .range(0...0.5))
  package var fraction: Double

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let limit = Float(fraction)
    return { image, random in image.adjustHue(by: random.uniform(-limit...limit)) }
  }
}
