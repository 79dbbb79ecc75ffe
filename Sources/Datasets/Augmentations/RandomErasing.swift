import Diagnostics
import Glibc
import Specs
import Tensors

/// Covers a random box of the image.
///
/// Its area is uniform, and so is the logarithm of its proportions. A box that does not fit is drawn again, ten times at most; the image then stays as it is.
package struct RandomErasing: ImageStep {
  package static let type = "random_erasing"
  package static let summary = "Covers a random box of some images."
  package static let source: String? = "Zhong et al. 2017; torchvision's RandomErasing"
  package static let otherNames = ["erasing", "cutout", "random_cutout"]

  @Field("How likely an image is to lose a box.", .range(0...1))
  package var probability: Double = 0.5

  @Field(
    "Smallest and largest area of the box, as fractions of the image's.", .range(0...1),
    .count(2...2))
  package var scale: [Double] = [0.02, 0.33]

  @Field("Smallest and largest height of the box for a width of 1.", .greaterThan(0), .count(2...2))
  package var ratio: [Double] = [0.3, 3.3]

  @Field("What the box is filled with: from 0, the background, to 1.", .range(0...1))
  package var fillValue: Double = 0

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    for (key, field) in [("scale", $scale), ("ratio", $ratio)] {
      let limits = field.wrappedValue
      guard limits[0] > limits[1] else { continue }
      diagnostics.error(
        .reversedLimits, "'\(key)' must name the smaller number first",
        at: field.location, hint: "write [\(limits[1]), \(limits[0])]")
    }
  }

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let probability = probability
    let fill = Float(fillValue)
    let areas = Float(scale[0])...Float(scale[1])
    let proportions = logf(Float(ratio[0]))...logf(Float(ratio[1]))
    return { image, random in
      guard random.happens(probability) else { return }
      for _ in 0..<10 {
        let area = random.uniform(areas) * Float(shape.height * shape.width)
        let proportion = expf(random.uniform(proportions))
        let height = (area * proportion).squareRoot().rounded()
        let width = (area / proportion).squareRoot().rounded()
        guard height <= Float(shape.height), width <= Float(shape.width) else { continue }
        let box = Box(
          top: random.index(below: shape.height - Int(height) + 1),
          left: random.index(below: shape.width - Int(width) + 1),
          height: Int(height), width: Int(width))
        image.edit { pixels in box.forEachRow(of: shape) { pixels[$0].update(repeating: fill) } }
        return
      }
    }
  }
}
