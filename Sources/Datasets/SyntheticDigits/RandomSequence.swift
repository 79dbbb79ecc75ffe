internal import Tensors

/// The numbers of a random stream, one after the other.
struct RandomSequence {
  private let stream: RandomStream
  private var block = 0

  init(_ stream: RandomStream) { self.stream = stream }

  /// A number uniform in `range`.
  mutating func uniform(_ range: ClosedRange<Float>) -> Float {
    let fraction = Float(nextBits().x >> 8) * 0x1p-24
    return range.lowerBound + fraction * (range.upperBound - range.lowerBound)
  }

  /// A whole number from 0 to `count - 1`.
  mutating func index(below count: Int) -> Int {
    Int((UInt64(nextBits().x) &* UInt64(count)) >> 32)
  }

  /// A number from a bell curve with mean 0 and the given standard deviation: the sum of four uniform
  /// ones, which needs no logarithm and never strays further than 3.5 deviations.
  mutating func bell(_ deviation: Float) -> Float {
    let bits = nextBits()
    let sum = UInt64(bits.x >> 8) + UInt64(bits.y >> 8) + UInt64(bits.z >> 8) + UInt64(bits.w >> 8)
    // Four numbers uniform in [0, 1) have mean 2 and variance 1/3 in all.
    return (Float(Int64(sum) - 0x200_0000) * 0x1p-24) * (Float(3).squareRoot() * deviation)
  }

  /// A point each of whose coordinates is `bell(deviation)`.
  mutating func bellPoint(_ deviation: Float) -> SIMD2<Float> {
    let x = bell(deviation)
    return SIMD2(x, bell(deviation))
  }

  private mutating func nextBits() -> SIMD4<UInt32> {
    defer { block += 1 }
    return stream.bits(block: block)
  }
}
