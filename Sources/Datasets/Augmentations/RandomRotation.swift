import Diagnostics
import Specs
import Tensors

/// Turns images by an angle uniform between −`degrees` and `degrees`, around their centre.
package struct RandomRotation: ImageStep {
  package static let type = "random_rotation"
  package static let summary = "Turns images by a random angle to either side."
  package static let otherNames = ["rotate", "rotation", "affine", "RandomAffine"]

  @Field("The largest angle, in degrees.", example: "10", .range(0...180))
  package var degrees: Double

  package var fields = SamplingFields()

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    guard 0 < degrees, degrees < 1 else { return }
    diagnostics.warning(
      .hardlyMoved, "a turn by less than a degree changes next to nothing",
      at: $degrees.location,
      hint: "Keras counts in whole turns: what is 0.1 there is 36 degrees")
  }

  package var confusion: Confusion? {
    degrees > 90
      ? Confusion(
        location: $degrees.location,
        message: "a digit turned by more than 90 degrees may become another: a 6 a 9",
        hint: "10 to 15 degrees are usual for digits") : nil
  }

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let limit = Float(degrees)
    let sampling = fields.sampling
    return { image, random in
      image.move(by: .rotation(degrees: Double(random.uniform(-limit...limit))), sampling)
    }
  }
}
