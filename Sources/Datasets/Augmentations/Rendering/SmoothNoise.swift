internal import CKernels
import Glibc

/// Random numbers on a plane that change smoothly from pixel to pixel: uniform ones, filtered with a Gaussian.
///
/// The plane is taken as a torus, so that the numbers vary as much at its edges as in its middle.
package struct SmoothNoise: Sendable {
  private let height: Int
  private let width: Int
  private let vertical: Taps
  private let horizontal: Taps

  /// Noise on `height` × `width` pixels; `smoothness` is the Gaussian's standard deviation in pixels.
  package init(height: Int, width: Int, smoothness: Double) {
    self.height = height
    self.width = width
    vertical = Taps(smoothness, size: height)
    horizontal = Taps(smoothness, size: width)
  }

  /// Fills `plane` with noise of mean 0 and the given standard deviation.
  package func fill(
    _ plane: AugmentedImage.Plane, deviation: Double, using random: inout RandomSequence
  ) {
    // A uniform number within ±1 has the variance 1/3, which each filter changes by its own factor.
    let limit = deviation * 3.squareRoot() / (vertical.gain * horizontal.gain)
    random.fill(plane, uniformWithin: Float(limit))
    smooth(plane)
  }

  /// Filters `plane`, given column by column, with the Gaussian, and leaves it row by row.
  package func smooth(_ plane: AugmentedImage.Plane) {
    // Both filters run along the slower index; between them the plane is transposed.
    let room = plane.count + max(vertical.count * width, horizontal.count * height)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: room) { wrapped in
      horizontal.filter(plane, size: width, stride: height, using: wrapped)
      for row in 0..<height {
        for column in 0..<width { wrapped[row * width + column] = plane[column * height + row] }
      }
      _ = plane.update(fromContentsOf: wrapped[..<plane.count])
      vertical.filter(plane, size: height, stride: width, using: wrapped)
    }
  }
}

/// A Gaussian filter on a circle of pixels.
private struct Taps {
  private let weights: [Float]
  /// The pixel, counted from the one filtered, that the first weight is for.
  private let first: Int

  var count: Int { weights.count }

  /// By how much it changes the standard deviation of independent numbers.
  let gain: Double

  /// The filter on a circle of `size` pixels; it reaches four standard deviations far, as SciPy's.
  init(_ deviation: Double, size: Int) {
    let radius = Int(4 * deviation + 0.5)
    first = 2 * radius < size ? -radius : 0
    var sums = [Double](repeating: 0, count: min(2 * radius + 1, size))
    for distance in -radius...radius {
      let weight = exp(-0.5 * Double(distance * distance) / (deviation * deviation))
      let place = distance - first
      sums[2 * radius < size ? place : ((place % size) + size) % size] += weight
    }
    let total = sums.reduce(0, +)
    gain = sums.reduce(0) { $0 + $1 * $1 }.squareRoot() / total
    weights = sums.map { Float($0 / total) }
  }

  /// Filters the circles of `size` pixels in `plane` that are `stride` numbers apart.
  func filter(
    _ plane: AugmentedImage.Plane, size: Int, stride: Int,
    using wrapped: UnsafeMutableBufferPointer<Float>
  ) {
    guard let source = plane.baseAddress, let start = wrapped.baseAddress else { return }
    // Unrolled: from the first weight's pixel on, once around and as far as the last weight reaches.
    let begin = (first + size) % size * stride
    start.update(from: source + begin, count: plane.count - begin)
    (start + plane.count - begin).update(from: source, count: begin)
    (start + plane.count).update(from: start, count: (count - 1) * stride)
    exp_filter(
      start, weights, Int32(count), Int32(stride), source, Int32(plane.count))
  }
}
