import Diagnostics
import Specs
import Tensors

/// Replaces each pixel by a mean of those around it, weighted by a Gaussian whose standard deviation is uniform between
/// the two of `sigma`. Beyond its edges the image is mirrored.
package struct GaussianBlur: ImageStep {
  package static let type = "gaussian_blur"
  package static let summary = "Blurs images by a random amount."
  package static let source: String? = "torchvision's GaussianBlur"
  package static let otherNames = ["blur", "random_gaussian_blur"]

  @Field(
    "Height and width of the window, in pixels; odd numbers.", example: "3", .range(1...99),
    Check("must be odd") { $0.height % 2 == 1 && $0.width % 2 == 1 })
  package var kernelSize: Pair

  @Field(
    "Smallest and largest standard deviation, in pixels.", .range(0.01...100), .count(2...2))
  package var sigma: [Double] = [0.1, 2]

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    guard sigma[0] > sigma[1] else { return }
    diagnostics.error(
      .reversedLimits, "'sigma' must name the smaller number first", at: $sigma.location,
      hint: "write [\(sigma[1]), \(sigma[0])]")
  }

  package func validate(
    for shape: ImageShape, at location: Location?, _ diagnostics: inout Diagnostics
  ) {
    guard kernelSize.height / 2 >= shape.height || kernelSize.width / 2 >= shape.width else {
      return
    }
    diagnostics.error(
      .largeKernel,
      "a window of \(kernelSize.height)×\(kernelSize.width) is too large for images of "
        + "\(shape.height)×\(shape.width) pixels",
      at: $kernelSize.location,
      hint: "at most \(2 * shape.height - 1)×\(2 * shape.width - 1) can be mirrored at the edges")
  }

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let size = kernelSize
    let deviations = Float(sigma[0])...Float(sigma[1])
    return { image, random in
      let deviation = Double(random.uniform(deviations))
      image.filter(
        rows: AugmentedImage.gaussian(size: size.width, sigma: deviation),
        columns: AugmentedImage.gaussian(size: size.height, sigma: deviation))
    }
  }
}
