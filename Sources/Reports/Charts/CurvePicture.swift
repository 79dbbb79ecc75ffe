import Records
import TextLayout

/// A single chart as a file of its own: an SVG picture that looks right on light and on dark pages.
package struct CurvePicture {
  /// The file.
  package let svg: String
  /// The notes on what the picture leaves out, a line each.
  package let notes: [String]

  /// The columns of history.csv that can be drawn.
  package static let columns = CurveColumn.all

  /// The picture of `column` over the epochs, with a line for each spec of `comparison`; nil if no run
  /// has a value in that column.
  package init?(_ column: String, of comparison: Comparison) {
    // If a spec has no completed runs, its other runs are shown.
    let rows = comparison.rows.filter { !$0.curves.isEmpty }
    var notes: [String] = []
    if rows.count > CurveChart.mostLines {
      notes.append("shown are the best \(CurveChart.mostLines) of \(rows.count) experiments")
    }
    let series = rows.prefix(CurveChart.mostLines).enumerated().map { index, row in
      let histories = row.curves.compactMap { run -> History? in
        do {
          return try run.folder.history(epochs: run.epochsPlanned)
        } catch {
          notes.append("\(error)")
          return nil
        }
      }
      return CurveSeries(
        label: row.label.singleLine.truncated(to: 34), name: row.label, style: index,
        histories: histories, column: column)
    }
    let longest = series.map(\.label.displayWidth).max() ?? 0
    let chart = CurveChart(
      CurveColumn(column), series,
      dimensions: .init(
        width: 760, height: 400, labelWidth: min(260, 16 + 7 * Double(longest)), isAlone: true))
    guard !chart.isEmpty else { return nil }
    let size: HTML = " xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"400\""
    if ["loss", "val_loss"].contains(column) {
      notes += [comparison.lossCurvesNote(among: Array(rows.prefix(CurveChart.mostLines)))]
        .compactMap(\.self)
    }
    self.notes = notes
    svg =
      chart.svg(
        identifier: "curve", attributes: size,
        style: ChartStyle.sheet(width: 760, height: 400)
      ).text
  }
}
