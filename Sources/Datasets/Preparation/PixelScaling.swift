/// The affine map (byte − shift) / divisor of each channel from a pixel's byte to the number a network reads.
package struct PixelScaling: Equatable, Sendable {
  /// The byte of each channel that becomes 0.
  package let shift: [Double]
  /// The difference of bytes of each channel that becomes 1.
  package let divisor: [Double]

  /// The map (byte − `shift`) / `divisor`, channel by channel.
  package init(shift: [Double], divisor: [Double]) {
    precondition(shift.count == divisor.count && !shift.isEmpty)
    self.shift = shift
    self.divisor = divisor
  }

  /// The map for `normalization`, where the training images are those of `part` at `indices`.
  ///
  /// `standard` takes the population's standard deviation; if that is 0, 1 (as scikit-learn does).
  package init(
    _ normalization: Normalization, of part: LabelledImages, at indices: [Int], channels: Int
  ) {
    switch normalization {
    case .unit: self.init(.all(0), .all(255), channels: channels)
    case .symmetric: self.init(.all(127.5), .all(127.5), channels: channels)
    case .constants(let mean, let std):
      self.init(
        shift: mean.numbers(channels: channels).map { 255 * $0 },
        divisor: std.numbers(channels: channels).map { 255 * $0 })
    case .standard:
      let moments = Self.moments(of: part, at: indices, channels: channels)
      self.init(
        shift: moments.map(\.mean), divisor: moments.map { $0.deviation > 0 ? $0.deviation : 1 })
    }
  }

  private init(_ shift: PerChannel, _ divisor: PerChannel, channels: Int) {
    self.init(
      shift: shift.numbers(channels: channels), divisor: divisor.numbers(channels: channels))
  }

  /// The number of pixels that have each of the 256 bytes, by channel.
  private static func byteCounts(
    of part: LabelledImages, at indices: [Int], channels: Int
  ) -> [[Int]] {
    var counts = [Int](repeating: 0, count: channels << 8)
    counts.withUnsafeMutableBufferPointer { counts in
      for index in indices {
        let bytes = part.bytes(of: index)
        for pixel in stride(from: 0, to: bytes.count, by: channels) {
          for channel in 0..<channels { counts[channel << 8 | Int(bytes[pixel + channel])] += 1 }
        }
      }
    }
    return (0..<channels).map { Array(counts[$0 << 8..<($0 + 1) << 8]) }
  }

  /// The mean and the population's standard deviation of each channel's bytes over the images of `part` at `indices`.
  static func moments(
    of part: LabelledImages, at indices: [Int], channels: Int
  ) -> [(mean: Double, deviation: Double)] {
    byteCounts(of: part, at: indices, channels: channels).map(moments)
  }

  private static func moments(of counts: [Int]) -> (mean: Double, deviation: Double) {
    // Sums of whole numbers: exact, so no order of summation can change them.
    var (sum, squares) = (0, 0)
    for (byte, count) in counts.enumerated() {
      sum += byte * count
      squares += byte * byte * count
    }
    let count = Double(counts.reduce(0, +))
    let mean = Double(sum) / count
    let variance = Double(squares) / count - mean * mean
    // Rounding may leave less than nothing.
    return (mean, max(0, variance).squareRoot())
  }

  /// True if all channels are mapped alike.
  private var isShared: Bool {
    shift.allSatisfy { $0 == shift[0] } && divisor.allSatisfy { $0 == divisor[0] }
  }

  /// Maps the `numbers` of an image, which are bytes / 255.
  func apply(to numbers: UnsafeMutableBufferPointer<Float>) {
    guard !isShared else {
      let (gain, offset) = factors(of: 0)
      for place in numbers.indices { numbers[place] = gain * numbers[place] + offset }
      return
    }
    for channel in shift.indices {
      let (gain, offset) = factors(of: channel)
      for place in stride(from: channel, to: numbers.count, by: shift.count) {
        numbers[place] = gain * numbers[place] + offset
      }
    }
  }

  private func factors(of channel: Int) -> (gain: Float, offset: Float) {
    (Float(255 / divisor[channel]), Float(-shift[channel] / divisor[channel]))
  }

  /// The number for each of the 256 bytes of a channel; one table where all channels are mapped alike, else one for
  /// each, one after the other.
  package var tables: [Float] {
    zip(shift, divisor).prefix(isShared ? 1 : shift.count).flatMap { shift, divisor in
      (0..<256).map { Float((Double($0) - shift) / divisor) }
    }
  }
}
