import Reports
import Testing

/// Curves as they stand on a page.
@Suite struct CurveChartTests {
  private let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  /// The chart of `column` on the page.
  private func chart(_ column: String) throws -> String {
    let charts = try runs.page().parts(from: "<figcaption><code>", to: "</figure>")
    return try #require(charts.first { $0.hasPrefix(column + "<") })
  }

  @Test func aSeedIsALineAndItsBestEpoch() throws {
    try runs.add(.init())
    let chart = try chart("val_f1_macro")
    #expect(chart.count(of: "<polyline") == 1)
    #expect(chart.count(of: "<polygon") == 0)
    #expect(chart.count(of: "<circle class=\"best") == 1)
    #expect(chart.contains("digits: best 0.8000 in epoch 3, 0.8000 in epoch 3, the last."))
    let points = try #require(chart.parts(from: "points=\"", to: "\"").first)
    #expect(points.split(separator: " ").count == 3)
  }

  @Test func theBestLossIsTheLowest() throws {
    try runs.add(.init(losses: [0.9, 0.2, 0.4]))
    #expect(try chart("loss").contains("best 0.2000 in epoch 2, 0.4000 in epoch 3, the last"))
  }

  @Test func seedsHaveABand() throws {
    try runs.add(.init(seed: 0, losses: [0.8, 0.6, 0.4]))
    try runs.add(.init(seed: 1, losses: [0.6, 0.4, 0.2, 0.1]))
    let chart = try chart("loss")
    #expect(chart.count(of: "<polyline") == 1)
    let outline = try #require(chart.parts(from: "<polygon", to: "/>").first)
    // The fourth epoch has a single seed, whose spread nobody knows.
    #expect(outline.parts(from: "points=\"", to: "\"")[0].split(separator: " ").count == 6)
    #expect(chart.contains("0.1000 in epoch 4, the last"))
  }

  @Test func whatIsNoNumberIsLeftOut() throws {
    try runs.add(.init(losses: [0.5, .nan, .infinity, 1e300, -0.5]))
    let chart = try chart("loss")
    #expect(chart.contains("; 2 values are no finite numbers."))
    for points in chart.parts(from: "points=\"", to: "\"") {
      for point in points.split(whereSeparator: { " ,".contains($0) }) {
        #expect(Double(point).map { abs($0) < 10_000 } == true, "\(point)")
      }
    }
  }

  @Test func nothingButInfinityIsNoChart() throws {
    try runs.add(.init(losses: [.infinity], hasValidation: false))
    #expect(try !runs.page().contains("Learning curves"))
  }

  @Test func oneEpochIsADot() throws {
    try runs.add(.init(losses: [0.5]))
    let chart = try chart("loss")
    #expect(chart.count(of: "<circle") == 1)
    #expect(!chart.contains("nan"))
  }

  @Test func withoutValidationThereIsOnlyTheLoss() throws {
    try runs.add(.init(hasValidation: false))
    #expect(try runs.page().parts(from: "<figcaption><code>", to: "</code>") == ["loss"])
  }

  @Test func longTrainingMakesNoLongLine() throws {
    var losses = [Double](repeating: 0.5, count: 5000)
    losses[1234] = 0.01
    try runs.add(.init(losses: losses))
    let chart = try chart("loss")
    let points = try #require(chart.parts(from: "points=\"", to: "\"").first)
    #expect(points.split(separator: " ").count <= 152)
    #expect(chart.contains("best 0.01000 in epoch 1235"), "the best epoch is never thinned out")
  }

  @Test func labelsStandApart() throws {
    for spec in 0..<8 { try runs.add(.init(hash: "hash-\(spec)")) }
    let labels = try chart("val_accuracy").parts(from: "<text class=\"label", to: "</text>")
    let places = labels.compactMap { $0.parts(from: "y=\"", to: "\"").first.flatMap(Double.init) }
    #expect(places.count == 8)
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 > 12.8 })
  }
}
