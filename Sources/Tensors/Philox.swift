/// The counter-based generator Philox4x32-10: a pure function from (key, counter) to 128 random bits.
///
/// Equal keys and counters give equal bits on every machine and thread, in any order, so nothing has to
/// be saved to go on with a stream. Source: Salmon, Moraes, Dror, Shaw, 'Parallel random numbers: as
/// easy as 1, 2, 3' (SC 2011).
package enum Philox {
  /// The 128 bits at `counter` under `key`.
  @inlinable
  package static func block(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var counter = counter
    var key = key
    for _ in 0..<10 {
      let first = UInt64(counter.x) &* 0xD251_1F53
      let second = UInt64(counter.z) &* 0xCD9E_8D57
      counter = SIMD4(
        UInt32(truncatingIfNeeded: second >> 32) ^ counter.y ^ key.x,
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ counter.w ^ key.y,
        UInt32(truncatingIfNeeded: first))
      key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return counter
  }
}
