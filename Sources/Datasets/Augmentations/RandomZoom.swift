import Specs
import Tensors

/// Makes images larger or smaller by a factor uniform between 1 − `fraction` and 1 + `fraction`.
///
/// One number for `fraction` keeps the proportions, as one factor is drawn for both axes; of two numbers, each
/// has a factor of its own.
package struct RandomZoom: ImageStep {
  package static let type = "random_zoom"
  package static let summary = "Makes images larger or smaller by a random factor."
  package static let otherNames = ["zoom", "scale", "random_scale"]

  @Field(
    "The largest change of size, as a fraction: for both axes alike, or [height, width].",
    example: "0.1",
    .range(0..<1))
  package var fraction: PerAxis

  package var fields = SamplingFields()

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let (high, wide) = (Float(fraction.height), Float(fraction.width))
    let isShared = fraction.isShared
    let sampling = fields.sampling
    return { image, random in
      let height = Double(1 + random.uniform(-high...high))
      let width = isShared ? height : Double(1 + random.uniform(-wide...wide))
      image.move(by: .zoom(width: width, height: height), sampling)
    }
  }
}
