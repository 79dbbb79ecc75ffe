internal import CKernels
import Glibc

/// The purpose of a stream of random numbers, so that no two uses share numbers.
package enum RandomPurpose: UInt32, Sendable {
  case initialization = 1
  case shuffle = 2
  case dropout = 3
  case validationSplit = 4
  case syntheticImage = 5
  case augmentation = 6
  case noise = 7
  case sweep = 8
  case sampling = 9
}

/// A stream of random numbers addressed by what it is for: (seed, purpose, layer, epoch, sample).
///
/// Element `i` of a stream is always the same number, whichever thread asks, and in whatever order.
package struct RandomStream: Sendable {
  @usableFromInline let key: SIMD2<UInt32>
  @usableFromInline let high: SIMD4<UInt32>  // the counter with its element index, `x`, still 0

  /// The stream of `seed`, which is below 2³², for `purpose`.
  ///
  /// `layer`, `epoch` and `sample` tell the streams of one purpose apart, and are 0 where they mean nothing.
  /// `layer` is a graph's node or parameter; where there is no graph, whatever stands in its place.
  @inlinable
  package init(
    seed: UInt64, purpose: RandomPurpose, layer: Int = 0, epoch: Int = 0, sample: Int = 0
  ) {
    key = SIMD2(
      UInt32(truncatingIfNeeded: seed),
      UInt32(truncatingIfNeeded: seed >> 32) ^ (purpose.rawValue << 24))
    high = SIMD4(
      0, UInt32(truncatingIfNeeded: layer), UInt32(truncatingIfNeeded: epoch),
      UInt32(truncatingIfNeeded: sample))
  }

  /// Random bits number `4 * index ..< 4 * index + 4`, 32 each.
  @inlinable
  package func bits(block index: Int) -> SIMD4<UInt32> {
    var counter = high
    counter.x = UInt32(truncatingIfNeeded: index)
    return Philox.block(counter, key: key)
  }

  /// Random bits number `index`.
  @inlinable
  package func bits(_ index: Int) -> UInt32 { bits(block: index >> 2)[index & 3] }

  /// Number `index` of the stream, uniform in [0, 1), a multiple of 2⁻²⁴.
  @inlinable
  package func uniform(_ index: Int) -> Float { Float(bits(index) >> 8) * 0x1p-24 }

  /// Normal numbers `4 * index ..< 4 * index + 4` of the stream, with mean 0 and standard deviation 1 (Box and
  /// Muller 1958).
  package func normals(block index: Int) -> SIMD4<Float> {
    let bits = bits(block: index)
    var normals = SIMD4<Float>()
    for pair in [0, 2] {
      // In (0, 1], so that the logarithm is finite.
      let radius = (-2 * log(Float((bits[pair] >> 8) + 1) * 0x1p-24)).squareRoot()
      let angle = 2 * Float.pi * Float(bits[pair + 1] >> 8) * 0x1p-24
      normals[pair] = radius * cos(angle)
      normals[pair + 1] = radius * sin(angle)
    }
    return normals
  }

  /// Normal number `index` of the stream.
  package func normal(_ index: Int) -> Float { normals(block: index >> 2)[index & 3] }
}

extension RandomStream {
  /// Fills `numbers` with ones uniform between `-limit` and `limit`, 16 bits each, from the block of that index on.
  package func fill(
    _ numbers: UnsafeMutableBufferPointer<Float>, uniformWithin limit: Float, fromBlock first: Int
  ) {
    guard let start = numbers.baseAddress else { return }
    exp_fill_uniform(
      inBulk, UInt32(truncatingIfNeeded: first), limit, start, Int32(numbers.count))
  }

  /// Fills `factors` with 0 where a number of 16 bits is below `threshold`, and with `kept` elsewhere; two numbers of each
  /// word, the low half first.
  func fill(
    _ factors: UnsafeMutableBufferPointer<Float>, withZerosBelow threshold: UInt32,
    elsewhere kept: Float
  ) {
    guard let start = factors.baseAddress else { return }
    exp_fill_dropout(inBulk, threshold, kept, start, Int32(factors.count))
  }

  private var inBulk: exp_random_stream {
    exp_random_stream(key_low: key.x, key_high: key.y, layer: high.y, epoch: high.z, sample: high.w)
  }

  /// Puts `items` in a random order (Fisher–Yates); the stream's seed and purpose decide which.
  package func shuffle<Item>(_ items: inout [Item]) {
    for last in stride(from: items.count - 1, to: 0, by: -1) {
      let other = Int((UInt64(bits(last)) &* UInt64(last + 1)) >> 32)
      items.swapAt(last, other)
    }
  }
}
