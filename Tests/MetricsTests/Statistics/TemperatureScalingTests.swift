import Metrics
import Testing

@Suite struct TemperatureScalingTests {
  @Test(arguments: try StatisticsFixture.load().temperatures)
  func `the temperature is where SciPy finds the least cross-entropy`(
    expected: StatisticsFixture.Temperature
  ) throws {
    let classCount = expected.probabilities[0].count
    let probabilities = expected.probabilities.joined().map(Float.init)
    let scaling = try #require(
      TemperatureScaling(fitting: probabilities, labels: expected.labels, classCount: classCount))
    #expect(abs(scaling.temperature / expected.temperature - 1) < 1e-6)
    let scaled = scaling.applied(to: probabilities, classCount: classCount)
    for (value, wanted) in zip(scaled, expected.scaled.joined()) {
      #expect(abs(Double(value) - wanted) < 1e-6)
    }
  }

  @Test func `where all are right, or all wrong, the ends of the range are as good as it gets`() {
    let probabilities: [Float] = [0.9, 0.1, 0.8, 0.2]
    func fitted(_ labels: [Int]) -> Double? {
      TemperatureScaling(fitting: probabilities, labels: labels, classCount: 2)?.temperature
    }
    #expect(fitted([0, 0]).map { abs($0 - 0.05) < 1e-9 } == true)
    #expect(fitted([1, 1]).map { abs($0 - 20) < 1e-6 } == true)
  }

  @Test func `a probability rounded to 0 stays the least one`() throws {
    let scaled = TemperatureScaling(temperature: 2).applied(to: [1, 0, 0], classCount: 3)
    #expect(scaled[0] > 0.999)
    #expect(scaled[1] == scaled[2])
    #expect(abs(scaled.reduce(0, +) - 1) < 1e-6)
  }

  @Test func `of nothing, or of what is no number, there is none`() {
    #expect(TemperatureScaling(fitting: [], labels: [], classCount: 3) == nil)
    #expect(TemperatureScaling(fitting: [.nan, 1], labels: [0], classCount: 2) == nil)
  }
}
