/// The ways to map bytes to the numbers that a network reads.
package enum Normalization: String, CaseIterable, Sendable {
  /// From 0 to 1: byte / 255.
  case unit
  /// From −1 to 1: (byte − 127.5) / 127.5.
  case symmetric
  /// Mean 0 and standard deviation 1 over all pixels of the training images.
  case standard
}

/// The affine map (byte − shift) / divisor from a pixel's byte to the number a network reads.
package struct PixelScaling: Equatable, Sendable {
  /// The byte that becomes 0.
  package let shift: Double
  /// The difference of bytes that becomes 1.
  package let divisor: Double

  /// The map (byte − `shift`) / `divisor`.
  package init(shift: Double, divisor: Double) {
    self.shift = shift
    self.divisor = divisor
  }

  /// The map for `normalization`, where the training images are those of `part` at `indices`.
  ///
  /// `standard` takes the population's standard deviation; if that is 0, 1 (as scikit-learn does).
  package init(_ normalization: Normalization, of part: LabelledImages, at indices: [Int]) {
    switch normalization {
    case .unit: self.init(shift: 0, divisor: 255)
    case .symmetric: self.init(shift: 127.5, divisor: 127.5)
    case .standard:
      // Sums of whole numbers: exact, so no order of summation can change them.
      var (sum, squares): (UInt64, UInt64) = (0, 0)
      let size = part.imageSize
      for index in indices {
        for byte in part.bytes(of: index) {
          sum += UInt64(byte)
          squares += UInt64(byte) * UInt64(byte)
        }
      }
      let count = Double(indices.count * size)
      let mean = Double(sum) / count
      let variance = Double(squares) / count - mean * mean
      self.init(shift: mean, divisor: variance > 0 ? variance.squareRoot() : 1)
    }
  }

  /// Maps `numbers` that are bytes / 255.
  func apply(to numbers: UnsafeMutableBufferPointer<Float>) {
    let (gain, offset) = (Float(255 / divisor), Float(-shift / divisor))
    for place in numbers.indices { numbers[place] = gain * numbers[place] + offset }
  }

  /// The number for each of the 256 bytes.
  package var table: [Float] { (0..<256).map { Float((Double($0) - shift) / divisor) } }
}
