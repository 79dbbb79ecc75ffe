internal import CKernels

/// The weights by which the pixels along an axis become those of another size, as Pillow's `resize` has them.
struct ResizingAxis {
  /// A function that weighs a pixel by its distance from a new pixel's centre, in pixels of the coarser grid.
  struct Filter {
    /// The distance from which all weights are 0.
    let support: Double
    let weight: @Sendable (Double) -> Double

    static let bilinear = Filter(support: 1) { max(0, 1 - abs($0)) }
    static let box = Filter(support: 0.5) { -0.5 < $0 && $0 <= 0.5 ? 1 : 0 }
  }

  private let taps: Int
  private var first: [Int64] = []
  private var lengths: [Int64] = []
  private var weights: [Int32] = []

  /// An axis of `count` new pixels that show `part` of one with `sourceCount` pixels.
  ///
  /// Each weight stands there `lanes` times, and those of a new pixel fill blocks of `block`.
  init(
    of part: Range<Float>, sourceCount: Int, count: Int, filter: Filter, lanes: Int = 1,
    block: Int = 1
  ) {
    let scale = Double(part.upperBound - part.lowerBound) / Double(count)
    // Each new pixel is a mean of all that it covers, which is what antialiasing is.
    let spread = max(scale, 1)
    let support = filter.support * spread
    let most = Int(support.rounded(.up)) * 2 + 1
    let blockTaps = max(block / lanes, 1)
    taps = (most + blockTaps - 1) / blockTaps * blockTaps
    first.reserveCapacity(count)
    lengths.reserveCapacity(count)
    weights = [Int32](repeating: 0, count: count * taps * lanes)
    var shares = [Double](repeating: 0, count: most)
    for pixel in 0..<count {
      let centre = Double(part.lowerBound) + (Double(pixel) + 0.5) * scale
      let low = max(Int(centre - support + 0.5), 0)
      let length = min(Int(centre + support + 0.5), sourceCount) - low
      var sum = 0.0
      for tap in 0..<length {
        shares[tap] = filter.weight((Double(tap + low) - centre + 0.5) / spread)
        sum += shares[tap]
      }
      for tap in 0..<length {
        let weight = Int32(0.5 + (sum == 0 ? 0 : shares[tap] / sum) * Double(1 << 22))
        for lane in 0..<lanes { weights[(pixel * taps + tap) * lanes + lane] = weight }
      }
      first.append(Int64(low))
      lengths.append(Int64(length))
    }
  }

  /// Calls `body` with the axis as the kernels take it.
  func withKernelAxis(_ body: (UnsafePointer<exp_resizing>) -> Void) {
    first.withUnsafeBufferPointer { first in
      lengths.withUnsafeBufferPointer { lengths in
        weights.withUnsafeBufferPointer { weights in
          var axis = exp_resizing(
            count: Int64(first.count), taps: Int64(taps), first: first.baseAddress,
            lengths: lengths.baseAddress, weights: weights.baseAddress)
          body(&axis)
        }
      }
    }
  }

  /// The bytes that `exp_resize_rows` needs for a row of `width` pixels.
  func rowSize(width: Int, lanes: Int) -> Int { (width + taps) * lanes }
}
