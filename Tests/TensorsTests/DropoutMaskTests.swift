import Tensors
import Testing

@Suite struct DropoutMaskTests {
  private func factors(rate: Float, count: Int, sample: Int = 0) -> [Float] {
    var factors = [Float](repeating: -1, count: count)
    DropoutMask(rate: rate).write(
      to: &factors, count: count,
      from: RandomStream(seed: 3, purpose: .dropout, layer: 2, epoch: 1, sample: sample))
    return factors
  }

  @Test(arguments: [0.1, 0.25, 0.5, 0.9] as [Float])
  func `the rate is the share of zeros, and the others make up for them`(rate: Float) {
    let count = 200_000
    let factors = factors(rate: rate, count: count)
    #expect(Set(factors) == [0, 1 / (1 - rate)])
    let zeros = Double(factors.count { $0 == 0 })
    let deviation = (Double(count) * Double(rate * (1 - rate))).squareRoot()
    #expect(abs(zeros - Double(count) * Double(rate)) < 4 * deviation)
  }

  @Test func `a rate of 0 changes nothing`() {
    #expect(factors(rate: 0, count: 1001).allSatisfy { $0 == 1 })
  }

  @Test(arguments: [0, 1, 8, 9, 127, 128, 500])
  func `factors are drawn from two numbers a word, low halves first`(count: Int) {
    let stream = RandomStream(seed: 3, purpose: .dropout, layer: 2, epoch: 1)
    let expected = (0..<count).map { index -> Float in
      let number = stream.bits(index / 2) >> (index % 2 == 0 ? 0 : 16) & 0xFFFF
      return Double(number) < 0.25 * 65536 ? 0 : 1 / 0.75
    }
    #expect(factors(rate: 0.25, count: count) == expected)
  }

  @Test(arguments: [0, 1, 7, 8, 9, 30])
  func `an element's factor does not depend on how many there are`(count: Int) {
    #expect(factors(rate: 0.5, count: count) == Array(factors(rate: 0.5, count: 64)[..<count]))
  }

  @Test func `neighbouring elements and samples are independent`() {
    let (first, second) = (
      factors(rate: 0.5, count: 100_000), factors(rate: 0.5, count: 100_000, sample: 1)
    )
    let neighbours = zip(first, first.dropFirst()).count { $0 == $1 }
    let samples = zip(first, second).count { $0 == $1 }
    // Half of them are equal, with a standard deviation of 158.
    #expect(abs(neighbours - 50_000) < 4 * 158)
    #expect(abs(samples - 50_000) < 4 * 158)
  }

  @Test(arguments: [1, 2, 7])
  func `whole channels share the factor drawn for the channel`(pixels: Int) {
    var spread = [Float](repeating: -1, count: pixels * 11 + 1)
    DropoutMask(rate: 0.5).writeWholeChannels(
      to: &spread, pixels: pixels, channels: 11,
      from: RandomStream(seed: 3, purpose: .dropout, layer: 2, epoch: 1))
    let one = factors(rate: 0.5, count: 11)
    #expect(spread == (0..<pixels).flatMap { _ in one } + [-1])
  }
}
