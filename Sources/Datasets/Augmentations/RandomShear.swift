import Specs
import Tensors

/// Slants upright lines by an angle uniform between −`degrees` and `degrees`; level lines stay level.
package struct RandomShear: ImageStep {
  package static let type = "random_shear"
  package static let summary = "Slants images by a random angle to either side."
  package static let otherNames = ["shear"]

  @Field("The largest slant of upright lines, in degrees.", example: "10", .range(0...60))
  package var degrees: Double

  package var fields = SamplingFields()

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let limit = Float(degrees)
    let sampling = fields.sampling
    return { image, random in
      image.move(by: .shear(degrees: Double(random.uniform(-limit...limit))), sampling)
    }
  }
}
