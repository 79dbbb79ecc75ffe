import Metrics
import Reports
import Testing

@Suite struct ThresholdChartTests {
  private let counts = ThresholdCounts([(0.9, true), (0.5, false), (0.25, true)])

  private func points(_ kind: ThresholdChart.Kind, _ counts: ThresholdCounts) -> String {
    let chart = ThresholdChart(
      kind: kind, lines: [.init(counts: counts, style: 0, isFaint: false)])
    return chart.svg(identifier: "a").text.parts(from: "points=\"", to: "\"").joined()
  }

  @Test func `a ROC curve goes from corner to corner through its rates`() {
    // x from 48 to 348, y from 328 up to 28.
    #expect(points(.roc, counts) == "48,328 48,178 348,178 348,28")
  }

  @Test func `a precision-recall curve has steps, as average precision sums them up`() {
    #expect(points(.precisionRecall, counts) == "48,28 198,28 198,178 198,128 348,128")
  }

  @Test func `thousands of thresholds make no more points than can be seen`() {
    let many = ThresholdCounts(
      (0..<20_000).map { (Float($0) / 20_000, $0 % 3 == 0) })
    let count = points(.roc, many).split(separator: " ").count
    #expect((300...1300).contains(count))
  }

  @Test func `a line in the background is faint and without a colour of its own`() {
    let chart = ThresholdChart(
      kind: .roc, lines: [.init(counts: counts, style: 3, isFaint: true)])
    #expect(chart.svg(identifier: "a").text.contains("class=\"line c5\" opacity=\".25\""))
  }
}
