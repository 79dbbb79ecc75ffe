import Specs
import Tensors

/// Replaces a box of each image by the same box of another training image, and gives both classes their share
/// of the area.
///
/// The box has the image's proportions and 1 − λ of its area, with λ from Beta(`alpha`, `alpha`). Its centre is
/// anywhere in the image; what then lies outside is cut off, and does not count.
package struct CutMix: MixingStep {
  package static let type = "cutmix"
  package static let summary =
    "Replaces a box of each image by another training image's; both classes get their share."
  package static let source: String? = "Yun et al., 'CutMix', 2019"

  @Field(
    "Both parameters of the beta distribution: the larger, the more even the shares.",
    .range(0.01...100))
  package var alpha: Double = 1

  package init() {}

  package func mixture(of shape: ImageShape, using random: inout RandomSequence) -> Mixture {
    let side = (1 - random.beta(alpha)).squareRoot()
    func edges(_ size: Int) -> Range<Int> {
      let length = Int(side * Double(size))
      let start = random.index(below: size) - length / 2
      return max(start, 0)..<min(start + length, size)
    }
    let (rows, columns) = (edges(shape.height), edges(shape.width))
    return .patch(
      Box(
        top: rows.lowerBound, left: columns.lowerBound, height: rows.count, width: columns.count))
  }
}
