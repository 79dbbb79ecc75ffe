import Tensors
import Testing

@Suite struct NoiseTermsTests {
  private func terms(_ deviation: Float, count: Int, sample: Int = 0) -> [Float] {
    var terms = [Float](repeating: -1, count: count)
    NoiseTerms(deviation: deviation).write(
      to: &terms, count: count,
      from: RandomStream(seed: 3, purpose: .noise, layer: 2, epoch: 1, sample: sample))
    return terms
  }

  @Test(arguments: [0.1, 1, 3] as [Float])
  func `its moments are a normal distribution's`(deviation: Float) {
    let count = 200_000
    let terms = terms(deviation, count: count).map { Double($0 / deviation) }
    func moment(_ power: Int) -> Double {
      terms.reduce(0) { sum, term in sum + (0..<power).reduce(1) { product, _ in product * term } }
        / Double(count)
    }
    // Standard errors of the first four moments: √(1, 2, 15, 96) ÷ √count.
    #expect(abs(moment(1)) < 4 * 0.0022)
    #expect(abs(moment(2) - 1) < 4 * 0.0032)
    #expect(abs(moment(3)) < 4 * 0.0087)
    #expect(abs(moment(4) - 3) < 4 * 0.0219)
  }

  @Test func `neighbouring elements and samples are independent`() {
    let (first, second) = (terms(1, count: 100_000), terms(1, count: 100_000, sample: 1))
    func correlation(_ a: some Sequence<Float>, _ b: some Sequence<Float>) -> Float {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / 100_000
    }
    // The standard error is 0.0032.
    #expect(abs(correlation(first, first.dropFirst())) < 4 * 0.0032)
    #expect(abs(correlation(first, second)) < 4 * 0.0032)
  }

  @Test(arguments: [0, 1, 3, 4, 5, 30])
  func `an element's number does not depend on how many there are`(count: Int) {
    #expect(terms(1, count: count) == Array(terms(1, count: 64)[..<count]))
  }

  @Test(arguments: [0.2, 0.5] as [Float])
  func `factors vary as dropout's do`(rate: Float) {
    let count = 200_000
    var factors = [Float](repeating: -1, count: count)
    NoiseTerms(dropoutRate: rate).write(
      to: &factors, count: count,
      from: RandomStream(seed: 3, purpose: .noise, layer: 2, epoch: 1, sample: 0))
    let mean = factors.reduce(0) { $0 + Double($1) } / Double(count)
    let variance =
      factors.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(count)
    // Dropout's factors are 0, or 1 ÷ (1 - rate).
    let share = Double(rate)
    let wanted = share / (1 - share)
    // Standard errors: √variance ÷ √count, and variance · √2 ÷ √count.
    #expect(abs(mean - 1) < 4 * 0.0022 * wanted.squareRoot())
    #expect(abs(variance - wanted) < 4 * 0.0032 * wanted)
  }

  @Test func `a deviation of 0 adds nothing`() {
    #expect(terms(0, count: 1001).allSatisfy { $0 == 0 })
  }
}
