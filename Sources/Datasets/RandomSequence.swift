import Glibc
import Tensors

/// The numbers of a random stream, one after the other.
package struct RandomSequence: Sendable {
  private let stream: RandomStream
  private var block = 0

  /// The numbers of `stream` from its first.
  package init(_ stream: RandomStream) { self.stream = stream }

  /// A number uniform in `range`.
  package mutating func uniform(_ range: ClosedRange<Float>) -> Float {
    let fraction = Float(nextBits().x >> 8) * 0x1p-24
    return range.lowerBound + fraction * (range.upperBound - range.lowerBound)
  }

  /// A whole number from 0 to `count - 1`.
  package mutating func index(below count: Int) -> Int {
    Int((UInt64(nextBits().x) &* UInt64(count)) >> 32)
  }

  /// Draws an event of that probability; true if it happens.
  package mutating func happens(_ probability: Double) -> Bool {
    Double(nextBits().x) * 0x1p-32 < probability
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

  /// Fills `numbers` with uniform ones between `-limit` and `limit`, 16 bits each.
  mutating func fill(_ numbers: UnsafeMutableBufferPointer<Float>, uniformWithin limit: Float) {
    let blocks = (numbers.count + 7) / 8
    stream.fill(numbers, uniformWithin: limit, fromBlock: block)
    block += blocks
  }

  /// Four numbers from the normal distribution with mean 0 and standard deviation 1.
  mutating func normals() -> SIMD4<Float> {
    defer { block += 1 }
    return stream.normals(block: block)
  }

  /// A number from the distribution Beta(`alpha`, `alpha`).
  package mutating func beta(_ alpha: Double) -> Double {
    // Gamma variates of a small alpha fall below every Double; their logarithms don't.
    let difference = logGamma(alpha) - logGamma(alpha)
    return 1 / (1 + Glibc.exp(-difference))
  }

  /// The logarithm of a number from the distribution Gamma(`shape`, 1) (Marsaglia and Tsang, 2000).
  private mutating func logGamma(_ shape: Double) -> Double {
    let boost = Glibc.log((Double(nextBits().x) + 0.5) * 0x1p-32) / shape
    let d = shape + 1 - 1.0 / 3
    while true {
      let x = Double(normals().x)
      let root = 1 + x / (9 * d).squareRoot()
      guard root > 0 else { continue }
      let v = root * root * root
      let u = (Double(nextBits().x) + 0.5) * 0x1p-32
      if Glibc.log(u) < x * x / 2 + d * (1 - v + Glibc.log(v)) {
        return Glibc.log(d * v) + boost
      }
    }
  }

  private mutating func nextBits() -> SIMD4<UInt32> {
    defer { block += 1 }
    return stream.bits(block: block)
  }
}
