import Tensors
import Testing

@Suite struct AlphaDropoutTermsTests {
  private func numbers(rate: Float, count: Int) -> (factors: [Float], terms: [Float]) {
    let dropout = AlphaDropoutTerms(rate: rate)
    let stream = RandomStream(seed: 3, purpose: .dropout, layer: 2, epoch: 1, sample: 0)
    var factors = [Float](repeating: -1, count: count)
    var terms = factors
    dropout.writeFactors(to: &factors, count: count, from: stream)
    dropout.writeTerms(to: &terms, count: count, from: stream)
    return (factors, terms)
  }

  /// What `keras.layers.AlphaDropout(rate)` of Keras 3.15 makes of ones and of minus twos in training.
  @Test(
    arguments: [
      (0.1, [1.0832555, -1.680598], -1.4577386), (0.5, [1.6655989, -0.9936158], -0.7791938),
    ] as [(Float, [Float], Float)])
  func `what is kept and what is dropped become Keras's`(
    rate: Float, kept: [Float], dropped: Float
  ) {
    let (factors, terms) = numbers(rate: rate, count: 1000)
    #expect(factors.contains(0) && factors.contains { $0 != 0 })
    for (factor, term) in zip(factors, terms) {
      let results = [1 * factor + term, -2 * factor + term]
      let wanted = factor == 0 ? [dropped, dropped] : kept
      for (result, value) in zip(results, wanted) { #expect(abs(result - value) < 1e-6) }
    }
  }

  @Test(arguments: [0.1, 0.5] as [Float])
  func `values of mean 0 and variance 1 keep both`(rate: Float) {
    let count = 200_000
    let (factors, terms) = numbers(rate: rate, count: count)
    var values = [Float](repeating: 0, count: count)
    NoiseTerms(deviation: 1).write(
      to: &values, count: count,
      from: RandomStream(seed: 3, purpose: .noise, layer: 2, epoch: 1, sample: 0))
    let results = values.indices.map { Double(values[$0] * factors[$0] + terms[$0]) }
    let mean = results.reduce(0, +) / Double(count)
    let variance = results.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    // Standard errors: 1 ÷ √count, and at most √(2 ÷ count) for tails that are not heavier than a normal one's.
    #expect(abs(mean) < 4 * 0.0022)
    #expect(abs(variance - 1) < 4 * 0.0032)
  }

  @Test func `a rate of 0 changes nothing`() {
    let (factors, terms) = numbers(rate: 0, count: 100)
    #expect(factors.allSatisfy { $0 == 1 } && terms.allSatisfy { $0 == 0 })
  }
}
