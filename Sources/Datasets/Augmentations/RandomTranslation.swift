import Diagnostics
import Specs
import Tensors

/// Moves images down and to the right, by distances that are drawn for each axis, uniform between
/// −`pixels` and `pixels`; parts of a pixel count.
package struct RandomTranslation: ImageStep {
  package static let type = "random_translation"
  package static let summary = "Moves images by a random distance along each axis."
  package static let otherNames = [
    "shift", "translate", "translation", "random_translate", "random_shift",
  ]

  @Field(
    "The largest distance, in pixels: along both axes, or [height, width].", example: "2",
    .range(0...10_000))
  package var pixels: PerAxis

  package var fields = SamplingFields()

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    let largest = max(pixels.height, pixels.width)
    guard 0 < largest, largest < 0.5 else { return }
    diagnostics.warning(
      .hardlyMoved, "a move by less than half a pixel changes next to nothing",
      at: $pixels.location,
      hint: "these are pixels, not fractions: a tenth of 28 pixels is 2.8")
  }

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let (height, width) = (Float(pixels.height), Float(pixels.width))
    let sampling = fields.sampling
    return { image, random in
      let down = Double(random.uniform(-height...height))
      let right = Double(random.uniform(-width...width))
      image.move(by: .translation(right: right, down: down), sampling)
    }
  }

}
