/// The factors dropout multiplies with: 0 with probability `rate`, else 1 ÷ (1 - rate).
///
/// They are drawn for the logical element (height, width, channel), 16 bits each, so the probability is a
/// multiple of 2⁻¹⁶, and no layout or thread changes them.
package struct DropoutMask: Sendable {
  private let threshold: UInt32
  private let scale: Float

  package init(rate: Float) { self.init(rate: rate, scale: 1 / (1 - rate)) }

  /// The same with another factor, `scale`, for what is kept.
  init(rate: Float, scale: Float) {
    threshold = UInt32((rate * 65536).rounded())
    self.scale = scale
  }

  /// Writes the factors for the `count` elements of one sample, drawn from `stream`.
  package func write(to factors: UnsafeMutablePointer<Float>, count: Int, from stream: RandomStream)
  {
    stream.fill(
      UnsafeMutableBufferPointer(start: factors, count: count), withZerosBelow: threshold,
      elsewhere: scale)
  }

  /// Writes the factors for one sample of `pixels` pixels, where all of a channel's values share the factor that
  /// is drawn for the channel.
  package func writeWholeChannels(
    to factors: UnsafeMutablePointer<Float>, pixels: Int, channels: Int, from stream: RandomStream
  ) {
    write(to: factors, count: channels, from: stream)
    for pixel in 1..<max(pixels, 1) {
      (factors + pixel * channels).update(from: factors, count: channels)
    }
  }
}
