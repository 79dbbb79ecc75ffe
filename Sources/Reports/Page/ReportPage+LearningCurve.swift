import Metrics
import Records
import TextLayout

extension ReportPage {
  /// The value in force that says how many images are trained on.
  private static let limit = "data.limit"

  /// Scores against the number of training images, for experiments that differ in that alone; nil if there are none.
  var learningCurve: Section? {
    let lines = learningCurveLines.prefix(CurveChart.mostLines)
    guard !lines.isEmpty else { return nil }
    let charts = comparison.options.shownMetrics.compactMap { score -> HTML? in
      let series = lines.enumerated().map { index, line in
        CurveSeries(
          label: lines.count > 1 ? ReportedSpec.letter(index) : "", name: line.name, style: index,
          points: line.rows.compactMap { row in
            row.statistics(score).map { statistics in
              CurveSeries.Point(
                x: row.data.trainingCount, mean: statistics.mean,
                band: statistics.confidenceInterval(of: score.range))
            }
          }.filter(\.mean.isFinite))
      }
      let chart = CurveChart(CurveColumn(score.rawValue), series, axis: .trainingImages)
      guard !chart.isEmpty else { return nil }
      return """
        <figure><figcaption><code>\(score.rawValue)</code></figcaption>
        \(chart.svg(identifier: "size-\(score.rawValue)"))</figure>

        """
    }
    guard !charts.isEmpty else { return nil }
    let names =
      lines.count > 1
      ? lines.enumerated().map { "\(ReportedSpec.letter($0)): \($1.name)" }.joined(separator: "; ")
      : nil
    let note = Self.note([
      names.map { "\($0)." },
      "Lines are means over seeds, bands their 95 % intervals, which a single seed has none of.",
      "Where a line still rises at its end, more images are likely to help.",
    ])
    return Section(
      identifier: "learning-curve", title: "More training images",
      content: "<div class=\"charts\">\n\(charts)</div>\n\(note)")
  }

  /// The rows that differ in the number of training images alone, by rising number; those that are alike together. Of
  /// shares that come to one number the first stands for all.
  private var learningCurveLines: [(name: String, rows: [ComparisonRow])] {
    let values = comparison.values
    let rows = comparison.allRows.filter { $0.scoreCount > 0 }
    let differing = values.differences(between: Set(rows.map(\.specHash))).map(\.address)
    guard differing.contains(Self.limit) else { return [] }
    let others = differing.filter { $0 != Self.limit }
    let groups = Dictionary(grouping: rows) { row in
      [row.name] + others.map { values.text(at: $0, in: row.specHash) ?? "" } + [row.data.source]
    }
    return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { key, rows in
      let ofCounts = Dictionary(rows.map { ($0.data.trainingCount, $0) }) { first, _ in first }
      guard ofCounts.count > 1 else { return nil }
      let values = zip(others, key.dropFirst()).filter { !$0.1.isEmpty }
        .map { "\(comparison.names.shortest(of: $0)) \($1)" }
      return (
        ([key[0]] + values).joined(separator: ", "),
        ofCounts.sorted { $0.key < $1.key }.map(\.value)
      )
    }
  }
}

extension Manifest.DataSummary {
  /// The name and checksums that tell the dataset from others, however many of its images are trained on.
  fileprivate var source: String {
    ([dataset] + contents.flatMap(\.checksums).map { "\($0.name):\($0.sha256)" })
      .joined(separator: " ")
  }
}
