import Metrics
import TextLayout

extension ReportPage {
  /// More rows than these make the page slow to open.
  private static let mostRows = 1000

  /// The table with a row for each spec.
  var summary: Section? {
    let rows = comparison.rows
    guard !rows.isEmpty else { return nil }
    let judged = comparison.judgedScore
    let hasSpread = rows.contains { $0.scoreCount > 1 }
    let hasFolds = rows.contains { $0.statisticsByFold(judged) != nil }
    let spreads: [Spread] = (hasSpread ? [.interval] : []) + (hasFolds ? [.byFold] : [])
    let table = PageTable(
      caption: "Scores of each experiment",
      columns: [.text("experiment"), .number("runs")]
        + comparison.options.shownMetrics.flatMap { score in
          [.number(score.rawValue)]
            + (score == judged ? spreads.map { .number($0.rawValue) } : [])
        } + [.number("parameters"), .number("epochs"), .number("train_seconds")],
      rows: rows.prefix(Self.mostRows).enumerated().map { cells($0, $1, spreads) },
      isSortable: true, isWide: true)
    let note = Self.note([
      comparison.foldNote.map { "\($0)." },
      hasSpread ? "±: standard deviation over seeds." : nil,
      hasSpread ? "95 % \(judged.intervalMeaning("seeds"))." : nil,
      hasFolds ? "By fold: \(judged.rawValue) \(Comparison.meaningOfFoldSpread)." : nil,
      rows.contains(where: \.isBest)
        ? "★: best by \(choice) among those with the same validation images." : nil,
      rows.count > 1 && comparison.baseline == nil
        ? (hasSpread ? "Intervals are of each mean alone. " : "")
          + "'exp report --baseline NAME' tests the differences from an experiment\(comparison.hasFolds ? ", folds by the corrected resampled t-test" : "")."
        : nil,
      omission(of: Self.mostRows, "experiments"),
    ])
    let warnings = ([comparison.finalPartNote].compactMap(\.self) + comparison.emptyClassNotes).map
    { "<p class=\"note\">Note: \($0).</p>\n" as HTML }
    let sentences = comparison.sentences.map { "<p>\($0)</p>\n" as HTML }
    return Section(
      identifier: "summary", title: "Summary",
      content: "\(table.html)\(note)\(warnings)\(sentences)")
  }

  /// The columns beside that of the judged score, by their titles.
  private enum Spread: String {
    case interval = "95 % interval"
    case byFold = "by fold"
  }

  /// The cells of the row at `index`.
  private func cells(
    _ index: Int, _ row: ComparisonRow, _ spreads: [Spread]
  ) -> [PageTable.Cell] {
    let hasSection = specs.count > 1 && index < specs.count
    let name: HTML =
      hasSection
      ? "\(Self.badge(index))<a href=\"#spec-\(index)\">\(row.label)</a>" : "\(row.label)"
    let star: HTML = " <span class=\"star\" title=\"best by validation\">★</span>"
    let count = row.counted.count
    let epochs = row.statistics { Double($0.epochs) }
    return [
      PageTable.Cell("\(name)\(row.isBest ? star : nil)", sortKey: row.label),
      PageTable.Cell("\(row.completion)", sortKey: "\(count)"),
    ]
      + comparison.options.shownMetrics.flatMap { score in
        let statistics = row.statistics(score)
        let beside = score == comparison.judgedScore ? spreads : []
        return [Self.cell(statistics, 4)]
          + beside.map { spread in
            switch spread {
            case .interval: Self.cell(statistics?.confidenceInterval(of: score.range))
            case .byFold: Self.cell(row.statisticsByFold(score), 4)
            }
          }
      } + [
        PageTable.Cell(row.latest.parameterCount), Self.cell(epochs, count > 1 ? 1 : 0),
        Self.cell(row.statistics(\.trainSeconds), 1),
      ]
  }

  private static func cell(_ statistics: SampleStatistics?, _ digits: Int) -> PageTable.Cell {
    let deviation = statistics?.standardDeviation.map { deviation -> HTML in
      "<span class=\"deviation\"> ± \(deviation.fixed(digits))</span>"
    }
    return PageTable.Cell(
      "\(statistics?.mean.fixed(digits) ?? "–")\(deviation)",
      sortKey: PageTable.Cell.key(statistics?.mean))
  }

  private static func cell(_ interval: ClosedRange<Double>?) -> PageTable.Cell {
    let text = interval.map { "\($0.lowerBound.fixed(4))–\($0.upperBound.fixed(4))" } ?? "–"
    return PageTable.Cell("\(text)", sortKey: PageTable.Cell.key(interval?.lowerBound))
  }

  /// The letter that names spec `index` in charts.
  static func badge(_ index: Int) -> HTML {
    "<span class=\"badge \(CurveChart.colour(index))\">\(ReportedSpec.letter(index))</span> "
  }

  /// The note that only the best `count` rows are shown, or the first ones where nothing was scored to choose by; nil if
  /// all are.
  func omission(of count: Int, _ noun: String) -> String? {
    let all = comparison.rows.count
    guard all > count else { return nil }
    let isRanked = comparison.rows.contains {
      $0.statistics(comparison.options.choice) != nil
    }
    return isRanked
      ? "Shown are the best \(count.grouped) of \(all.grouped) \(noun), by \(choice)."
      : "Shown are \(count.grouped) of \(all.grouped) \(noun), by name."
  }

  /// A paragraph of `sentences`, if there are any.
  static func note(_ sentences: [String?]) -> HTML? {
    let text = sentences.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    return text.isEmpty ? nil : "<p class=\"note\">\(text)</p>\n"
  }

  /// The score by which the best row is chosen.
  private var choice: String { comparison.options.choice.rawValue }
}
