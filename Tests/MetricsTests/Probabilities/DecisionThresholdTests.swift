import Metrics
import Testing

@Suite struct DecisionThresholdTests {
  @Test(arguments: try MetricCase.all().filter { $0.curves != nil })
  func `has the highest balanced accuracy that any threshold has by scikit-learn`(
    expected: MetricCase
  ) throws {
    let (samples, curves) = (try #require(expected.samples), try #require(expected.curves))
    let threshold = try #require(DecisionThreshold(fitting: samples))
    let scores = Scores(
      confusionMatrix: ConfusionMatrix(
        labels: expected.labels,
        predictions: expected.probabilities.map { threshold.predictedClass($0[1]) }, classCount: 2),
      loss: 0)
    let found = try #require(Metric.balancedAccuracy.value(in: scores))
    #expect(abs(found - curves.bestBalancedAccuracy) < 1e-12)
  }

  private func threshold(_ probabilities: [Float], _ labels: [Int]) -> Double? {
    LabelledProbabilities(
      labels: labels, probabilities: probabilities.flatMap { [1 - $0, $0] }, classCount: 2
    ).flatMap(DecisionThreshold.init(fitting:))?.value
  }

  @Test func `lies in the middle between the classes`() {
    #expect(threshold([0.125, 0.25, 0.75, 0.875], [0, 0, 1, 1]) == 0.5)
    #expect(threshold([0.0625, 0.125, 0.25], [0, 0, 1]) == 0.1875)
  }

  @Test func `of equally good ones it is the nearest to a half`() {
    // Above 0.125 one of two is lost, above 0.5 another is gained.
    #expect(threshold([0, 0.125, 0.375, 0.625], [0, 1, 0, 1]) == 0.5)
  }

  @Test func `a class without samples leaves it open`() {
    #expect(threshold([0.25, 0.75], [0, 0]) == nil)
    #expect(threshold([0.25, 0.75], [1, 1]) == nil)
    #expect(threshold([], []) == nil)
  }

  @Test func `three classes have none`() {
    let samples = LabelledProbabilities(
      labels: [0, 1, 2], probabilities: [1, 0, 0, 0, 1, 0, 0, 0, 1], classCount: 3)
    #expect(samples.flatMap(DecisionThreshold.init(fitting:)) == nil)
  }

  @Test func `a probability at the threshold is enough`() {
    let threshold = DecisionThreshold(value: 0.25)
    #expect(threshold.predictedClass(0.25) == 1)
    #expect(threshold.predictedClass(0.2499) == 0)
  }

  @Test(arguments: [0.5, 1, 3])
  func `divides probabilities at another temperature alike`(temperature: Double) throws {
    let scaling = TemperatureScaling(temperature: temperature)
    let scaled = DecisionThreshold(value: 0.3).scaled(by: scaling)
    for probability: Float in [0.01, 0.29, 0.31, 0.5, 0.99] {
      let other = scaling.applied(to: [1 - probability, probability], classCount: 2)[1]
      #expect(scaled.predictedClass(other) == (probability >= 0.3 ? 1 : 0))
    }
  }

  @Test func `is the complement for the other class, and the mean for several networks`() {
    #expect(DecisionThreshold(value: 0.25).forOtherClass.value == 0.75)
    #expect(
      DecisionThreshold(meanOf: [.init(value: 0.25), .init(value: 0.75)])?.value == 0.5)
    #expect(DecisionThreshold(meanOf: []) == nil)
  }
}
