import Metrics
import TextLayout

extension ReportedSpec {
  /// The confusions on the final part: a heat map, or, for many classes, a list.
  var confusions: HTML? {
    guard let matrix else { return nil }
    let runs = row.counted.count
    let scope =
      runs > 1
      ? "Sum over \(runs) runs: \(matrix.sampleCount.grouped) predictions on \(part.images)."
      : "\(matrix.sampleCount.grouped) \(part.images)."
    guard matrix.classCount <= ConfusionMatrix.mostClassesShown else {
      return "<h4>Confusions</h4>\n\(ReportPage.note([scope]))\(list(matrix.confusions))"
    }
    let note = ReportPage.note([scope, "Rows are the actual classes, columns the predicted ones."])
    return "<h4>Confusion matrix</h4>\n\(note)\(heatMap(matrix))"
  }

  private func heatMap(_ matrix: ConfusionMatrix) -> HTML {
    let classes = 0..<matrix.classCount
    let worst = matrix.confusions.first?.count ?? 0
    let header = classes.map { "<th scope=\"col\">\(classNames[$0])</th>" as HTML }
    let rows = classes.map { actual -> HTML in
      let support = matrix.support(of: actual)
      let cells = classes.map { predicted -> HTML in
        let count = matrix[actual: actual, predicted: predicted]
        if count == 0 { return "<td class=\"zero\">·</td>" }
        // The root keeps a single mistake visible beside a hundred.
        let share =
          actual == predicted
          ? Double(count) / Double(support) : (Double(count) / Double(worst)).squareRoot()
        let name = actual == predicted ? "right" : "wrong"
        return "<td class=\"\(name)\(Self.shade(share))\">\(count)</td>"
      }
      return "<tr><th scope=\"row\">\(classNames[actual])</th>\(cells)</tr>\n"
    }
    return """
      <div class="scroll" role="group" tabindex="0" aria-label="Confusion matrix of \(row.label)">
      <table class="matrix"><caption class="unseen">Test images by actual class (rows) and predicted class \
      (columns)</caption>
      <thead><tr><th scope="col">predicted →\nactual ↓</th>\(header)</tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """
  }

  /// The number, from 1 to 5, of the shade for a share from 0 to 1.
  private static func shade(_ share: Double) -> Int { min(5, 1 + Int(share * 5)) }

  private func list(_ confusions: [ConfusionMatrix.Confusion]) -> HTML {
    guard !confusions.isEmpty else { return "<p>No class was ever taken for another.</p>\n" }
    let shown = confusions.prefix(ConfusionMatrix.mostConfusionsListed)
    let table = PageTable(
      caption: shown.count < confusions.count
        ? "The \(shown.count) most frequent of \(confusions.count.grouped) confusions"
        : "All confusions",
      columns: [.text("actual class"), .text("predicted class"), .number("images")],
      rows: shown.map { confusion in
        [
          .init(text: classNames[confusion.actual]), .init(text: classNames[confusion.predicted]),
          .init(confusion.count),
        ]
      }, isSortable: true, showsCaption: true)
    return table.html
  }
}
