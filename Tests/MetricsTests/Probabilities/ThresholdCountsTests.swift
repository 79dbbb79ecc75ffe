import Metrics
import Testing

@Suite struct ThresholdCountsTests {
  @Test(arguments: try MetricCase.all().filter { $0.curves != nil })
  func `curves are scikit-learn's`(expected: MetricCase) throws {
    let curves = try #require(expected.curves)
    let counts = try #require(expected.samples).counts(of: 1)
    #expect(counts.thresholds.map(Double.init) == curves.thresholds)
    let (positives, negatives) = (Double(counts.positives), Double(counts.negatives))
    let rates = zip(counts.truePositives, counts.falsePositives).map { right, wrong in
      (
        falseRate: Double(wrong) / negatives, trueRate: Double(right) / positives,
        precision: Double(right) / Double(right + wrong)
      )
    }
    func agree(_ ours: [Double], _ theirs: ArraySlice<Double>) -> Bool {
      ours.count == theirs.count && zip(ours, theirs).allSatisfy { abs($0 - $1) < 1e-12 }
    }
    #expect(agree(rates.map(\.falseRate), curves.falsePositiveRates[...]))
    #expect(agree(rates.map(\.trueRate), curves.truePositiveRates[...]))
    // scikit-learn ends its curve where all of the class are found.
    let count = curves.recalls.count
    #expect(agree(rates.prefix(count).map(\.trueRate), curves.recalls[...]))
    #expect(agree(rates.prefix(count).map(\.precision), curves.precisions[...]))
  }

  @Test func `samples of equal probability are on one side of every threshold`() {
    let counts = ThresholdCounts([(0.5, true), (0.5, false), (0.25, true)])
    #expect(counts.thresholds == [0.5, 0.25])
    #expect(counts.truePositives == [1, 2])
    #expect(counts.falsePositives == [1, 1])
  }

  @Test func `areas need samples on both sides`() {
    #expect(ThresholdCounts([]).rocAUC == nil)
    #expect(ThresholdCounts([(0.5, true)]).rocAUC == nil)
    #expect(ThresholdCounts([(0.5, false)]).rocAUC == nil)
    #expect(ThresholdCounts([(0.5, false)]).averagePrecision == nil)
    #expect(ThresholdCounts([(0.5, true)]).averagePrecision == 1)
  }
}
