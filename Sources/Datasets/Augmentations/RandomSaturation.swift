import Specs
import Tensors

/// Multiplies the difference of each colour from its grey by a factor uniform between 1 − `fraction` and
/// 1 + `fraction`, and keeps the result between 0 and 1.
package struct RandomSaturation: ImageStep {
  package static let type = "random_saturation"
  package static let summary = "Makes colours stronger or paler."
  package static let source: String? = "torchvision's adjust_saturation"
  package static let otherNames = ["saturation"]
  package static let channels: [Int]? = [3]

  @Field("The largest change, as a fraction; 1 is as far as grey.", example: "0.4", .range(0...1))
  package var fraction: Double

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let limit = Float(fraction)
    return { image, random in image.adjustSaturation(by: 1 + random.uniform(-limit...limit)) }
  }
}
