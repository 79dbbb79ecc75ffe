import Metrics
import TextLayout

extension ReportPage {
  /// More rows than these make the page slow to open.
  private static let mostRows = 1000

  /// The table with a row for each spec.
  var summary: Section? {
    guard !comparison.rows.isEmpty else { return nil }
    let table = PageTable(
      caption: "Scores of each experiment",
      columns: [.text("experiment"), .number("runs")]
        + Self.scoreColumns.map { .number($0.rawValue) }
        + [
          .number("95 % interval"), .number("parameters"), .number("epochs"),
          .number("train_seconds"),
        ],
      rows: comparison.rows.prefix(Self.mostRows).enumerated().map(summaryRow), isSortable: true,
      isWide: true)
    let hasDeviations = comparison.rows.contains { $0.counted.count > 1 }
    let notes = [
      hasDeviations
        ? "±: standard deviation over seeds. 95 % interval: of the mean of test_f1_macro, by Student's t."
        : nil,
      comparison.hasBest ? "★: best by val_f1_macro among those with the same images." : nil,
      omission(of: Self.mostRows, "rows"),
    ].compactMap(\.self)
    return Section(
      identifier: "summary", title: "Summary",
      content:
        "\(table.html)\(notes.isEmpty ? nil : "<p class=\"note\">\(notes.joined(separator: " "))</p>\n")"
    )
  }

  private static let scoreColumns: [ComparisonColumn] = [
    .valAccuracy, .valF1Macro, .testAccuracy, .testPrecisionMacro, .testRecallMacro, .testF1Macro,
  ]

  private func summaryRow(_ index: Int, _ row: ComparisonRow) -> [PageTable.Cell] {
    let isShown = specs.count > 1 && index < specs.count
    let badge: HTML? = isShown ? Self.badge(index) : nil
    let name: HTML = isShown ? "<a href=\"#spec-\(index)\">\(row.label)</a>" : "\(row.label)"
    let star: HTML? =
      comparison.isBest(row) ? " <span class=\"star\" title=\"best by validation\">★</span>" : nil
    let (counted, seeds) = (row.counted.count, row.seeds.count)
    let runs = counted == seeds ? "\(counted)" : "\(counted)/\(seeds)!"
    func cell(_ column: ComparisonColumn, _ digits: Int) -> PageTable.Cell {
      let statistics = row.statistics(column)
      let deviation = statistics?.standardDeviation.map { deviation -> HTML in
        "<span class=\"deviation\"> ± \(deviation.fixed(digits))</span>"
      }
      return PageTable.Cell(
        "\(statistics?.mean.fixed(digits) ?? "–")\(deviation)",
        sortKey: statistics.map { "\($0.mean)" } ?? "")
    }
    return [
      PageTable.Cell("\(badge)\(name)\(star)", sortKey: row.label),
      PageTable.Cell("\(runs)", sortKey: "\(counted)"),
    ] + Self.scoreColumns.map { cell($0, 4) } + [
      Self.interval(row.statistics(.testF1Macro)?.confidenceInterval()),
      PageTable.Cell(row.parameterCount), cell(.epochs, row.counted.count > 1 ? 1 : 0),
      cell(.trainSeconds, 1),
    ]
  }

  private static func interval(_ interval: ClosedRange<Double>?) -> PageTable.Cell {
    guard let interval else { return PageTable.Cell("–", sortKey: "") }
    let text = "\(interval.lowerBound.fixed(4))–\(interval.upperBound.fixed(4))"
    return PageTable.Cell("\(text)", sortKey: "\(interval.lowerBound)")
  }

  /// The letter that names spec `index` in charts.
  static func badge(_ index: Int) -> HTML {
    "<span class=\"badge \(CurveChart.colour(index))\">\(ReportedSpec.letter(index))</span> "
  }

  /// What is said where only the best `count` rows are shown.
  func omission(of count: Int, _ noun: String) -> String? {
    let all = comparison.rows.count
    return all > count
      ? "Shown are the best \(count.grouped) of \(all.grouped) \(noun), by val_f1_macro." : nil
  }

  /// The few numbers that everybody looks for first.
  var figures: HTML? {
    let rows = comparison.rows
    guard let row = rows.count == 1 ? rows.first : rows.first(where: comparison.isBest),
      !row.counted.isEmpty
    else { return nil }
    func figure(_ name: String, _ value: HTML) -> HTML {
      "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }
    func score(_ column: ComparisonColumn) -> HTML? {
      row.statistics(column).map { statistics in
        let deviation = statistics.standardDeviation.map { "± \($0.fixed(4))" }
        return figure(
          column.rawValue,
          "\(statistics.mean.fixed(4))\(deviation.map { " <small>\($0)</small>" as HTML })")
      }
    }
    let best = rows.count == 1 ? nil : figure("best by validation", "<b>\(row.label)</b>")
    let scores = [score(.valF1Macro), score(.testF1Macro), score(.testAccuracy)]
    return """
      <dl class="figures">
      \(best)\(scores.compactMap(\.self))\(figure("parameters", "\(row.parameterCount.grouped)"))\
      \(row.statistics(.trainSeconds).map { figure("train_seconds", "\($0.mean.fixed(1))") })</dl>

      """
  }
}
