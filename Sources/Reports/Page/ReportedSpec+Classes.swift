import Metrics
import TextLayout

extension ReportedSpec {
  /// Precision, recall and F1 of each class, as numbers and bars.
  var classScores: HTML? {
    guard let matrix else { return nil }
    let occurring = matrix.occurringClasses
    let scores = occurring.map { (label: $0, scores: ClassScores(of: $0, in: matrix)) }
    let least = scores.flatMap { [$0.scores.precision, $0.scores.recall, $0.scores.f1] }.min() ?? 0
    let start = Self.start(below: least)
    func cell(_ value: Double) -> PageTable.Cell {
      let width = start < 1 ? max(0, (value - start) / (1 - start) * 100) : 100
      return PageTable.Cell(
        """
        \(value.fixed(4))<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">\
        <rect class="track" width="100" height="6"/><rect class="fill" width="\(width.short)" height="6"/></svg>
        """, sortKey: "\(value)")
    }
    let table = PageTable(
      caption: "Scores of each class on the \(part.images)",
      columns: [
        .text("class"), .number("precision"), .number("recall"), .number("f1"), .number("images"),
      ],
      rows: scores.map { label, scores in
        [
          // Numbers in names sort as numbers.
          .init("\(classNames[label])", sortKey: "\(label)"),
          cell(scores.precision), cell(scores.recall), cell(scores.f1), .init(scores.support),
        ]
      }, isSortable: true, isWide: true)
    let note = ReportPage.note([
      "Bars begin at \(start == 0 ? "0" : start.fixed(2)) and end at 1.",
      row.counted.count > 1 ? "From the summed matrix." : nil,
    ])
    return "<h4>Classes</h4>\n\(note)\(table.html)"
  }

  /// The value at which bars begin so that differences between values from `least` to 1 are visible.
  private static func start(below least: Double) -> Double {
    let margin = (1 - least) * 0.25
    return [0.98, 0.95, 0.9, 0.8, 0.5].first { $0 <= least - margin } ?? 0
  }
}
