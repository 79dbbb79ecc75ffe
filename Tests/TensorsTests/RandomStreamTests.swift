import Tensors
import Testing

@Suite struct RandomStreamTests {
  @Test func `streams that differ in anything share nothing`() {
    let streams = [
      RandomStream(seed: 1, purpose: .dropout),
      RandomStream(seed: 2, purpose: .dropout),
      RandomStream(seed: 1 << 32 | 1, purpose: .dropout),
      RandomStream(seed: 1, purpose: .shuffle),
      RandomStream(seed: 1, purpose: .dropout, layer: 1),
      RandomStream(seed: 1, purpose: .dropout, epoch: 1),
      RandomStream(seed: 1, purpose: .dropout, sample: 1),
      RandomStream(seed: 1, purpose: .dropout, layer: 2, epoch: 1),
      RandomStream(seed: 1, purpose: .dropout, layer: 1, epoch: 2),
    ]
    let blocks = streams.flatMap { stream in (0..<64).map { stream.bits(block: $0) } }
    #expect(Set(blocks).count == blocks.count)
  }

  @Test func `the same address gives the same numbers`() {
    let first = RandomStream(seed: 7, purpose: .dropout, layer: 3, epoch: 4, sample: 5)
    let second = RandomStream(seed: 7, purpose: .dropout, layer: 3, epoch: 4, sample: 5)
    let backwards = (0..<100).reversed().map { second.bits($0) }
    #expect((0..<100).map { first.bits($0) } == backwards.reversed())
  }

  @Test func `numbers can be read one by one or by four`() {
    let stream = RandomStream(seed: 7, purpose: .shuffle)
    for index in 0..<40 { #expect(stream.bits(index) == stream.bits(block: index / 4)[index % 4]) }
  }

  @Test func `uniform numbers fill [0, 1) evenly`() {
    let stream = RandomStream(seed: 11, purpose: .initialization)
    let values = (0..<100_000).map { stream.uniform($0) }
    #expect(values.allSatisfy { 0 <= $0 && $0 < 1 })
    #expect(values.allSatisfy { ($0 * 0x1p24).rounded() == $0 * 0x1p24 })
    var counts = [Int](repeating: 0, count: 100)
    for value in values { counts[Int(value * 100)] += 1 }
    #expect(chiSquare(counts, expected: 1000) < 99 + 4 * 14.1)
  }

  @Test(arguments: [0, 1, 8, 100, 129, 500])
  func `numbers in bulk are those of the blocks, low halves first`(count: Int) {
    let stream = RandomStream(
      seed: 0x1234_5678, purpose: .augmentation, layer: -1, epoch: 7, sample: 300_000)
    var numbers = [Float](repeating: .nan, count: count)
    numbers.withUnsafeMutableBufferPointer {
      stream.fill($0, uniformWithin: 3, fromBlock: Int(UInt32.max) - 5)
    }
    for (index, number) in numbers.enumerated() {
      let bits = stream.bits(block: Int(UInt32.max) - 5 + index / 8)
      let half = Int16(truncatingIfNeeded: bits[index % 4] >> (index % 8 < 4 ? 0 : 16))
      // Which of the two roundings is skipped where the CPU multiplies and adds at once is its own affair.
      #expect(abs(number - (Float(half) + 0.5) * 3 / 32768) < 1e-6)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 1000])
  func `shuffling keeps every item`(count: Int) {
    var items = Array(0..<count)
    RandomStream(seed: 3, purpose: .shuffle).shuffle(&items)
    #expect(items.sorted() == Array(0..<count))
    if count == 1000 { #expect(items != Array(0..<count)) }
  }

  @Test func `all 24 orders of four items come equally often`() {
    var counts: [[Int]: Int] = [:]
    for epoch in 0..<24_000 {
      var items = [0, 1, 2, 3]
      RandomStream(seed: 5, purpose: .shuffle, epoch: epoch).shuffle(&items)
      counts[items, default: 0] += 1
    }
    #expect(counts.count == 24)
    #expect(chiSquare(Array(counts.values), expected: 1000) < 23 + 4 * 6.8)
  }

  /// Of fair counts it is about their number less one, with a standard deviation of √(2 × that).
  private func chiSquare(_ counts: [Int], expected: Double) -> Double {
    counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
  }
}
