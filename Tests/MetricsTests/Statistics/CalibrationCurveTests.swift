import Metrics
import Testing

@Suite("Calibration curves are scikit-learn's")
struct CalibrationCurveTests {
  @Test(arguments: try StatisticsFixture.load().calibration)
  func binsAgree(expected: StatisticsFixture.Calibration) throws {
    let predictions = zip(expected.confidences, expected.right).map { ($0, $1 == 1) }
    let curve = try #require(CalibrationCurve(predictions, binCount: expected.binCount))
    #expect(curve.bins.map(\.count) == expected.counts)
    let filled = curve.bins.filter { $0.count > 0 }
    for (index, bin) in filled.enumerated() {
      #expect(try #require(bin.accuracy).isClose(to: expected.accuracy[index]))
      #expect(try #require(bin.confidence).isClose(to: expected.confidence[index]))
    }
    #expect(curve.expectedCalibrationError.isClose(to: expected.error))
  }

  @Test func binsCoverAllConfidences() throws {
    let curve = try #require(CalibrationCurve([(0.75, true)], binCount: 4))
    #expect(curve.bins.map(\.lowerBound) == [0, 0.25, 0.5, 0.75])
    #expect(curve.bins.map(\.upperBound) == [0.25, 0.5, 0.75, 1])
    #expect(curve.bins.map(\.accuracy) == [nil, nil, 1, nil])
    #expect(curve.bins.map(\.confidence) == [nil, nil, 0.75, nil])
  }

  @Test func whatRoundingOrDamageMakesOfAConfidenceHasABin() throws {
    let curve = try #require(CalibrationCurve([(1.000_000_1, true), (.nan, false), (-1, false)]))
    #expect(curve.bins.reduce(0) { $0 + $1.count } == 3)
  }

  @Test func withoutPredictionsThereIsNone() {
    #expect(CalibrationCurve([]) == nil)
  }
}
