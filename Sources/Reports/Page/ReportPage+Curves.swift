import Metrics

extension ReportPage {
  private static let columns =
    ["loss"] + EpochRecord.validationColumns

  /// The learning curves: the loss and the scores on validation images, by epoch.
  var curves: Section? {
    let charts = Self.columns.compactMap { column -> (CurveColumn, CurveChart)? in
      let column = CurveColumn(column)
      let chart = CurveChart(column, series(column.name))
      return chart.isEmpty ? nil : (column, chart)
    }
    guard !charts.isEmpty else { return nil }
    let figures = charts.map { column, chart -> HTML in
      """
      <figure><figcaption><code>\(column.name)</code></figcaption>
      \(chart.svg(identifier: "curve-\(column.name)"))</figure>

      """
    }
    return Section(
      identifier: "curves", title: "Learning curves",
      content: """
        \(specs.count > 1 ? legend : nil)<div class="charts">
        \(figures)</div>
        <p class="note">\(explanation)</p>

        """)
  }

  private func series(_ column: String) -> [CurveSeries] {
    specs.map { spec in
      CurveSeries(
        label: specs.count > 1 ? spec.letter : "", name: spec.row.label, style: spec.index,
        histories: spec.histories, column: column)
    }
  }

  private var legend: HTML {
    let entries = specs.map { spec -> HTML in
      """
      <li><svg class="chart sample" viewBox="0 0 34 10" aria-hidden="true">\
      <line class="line \(CurveChart.colour(spec.index)) \(CurveChart.dashes(spec.index))" \
      x1="1" x2="33" y1="5" y2="5"/></svg> \(Self.badge(spec.index))\(spec.row.label)</li>

      """
    }
    return "<ul class=\"legend\" aria-label=\"Lines\">\n\(entries)</ul>\n"
  }

  private var explanation: String {
    let isAveraged = specs.contains { $0.histories.count > 1 }
    let sentences = [
      isAveraged
        ? "Lines are means over the \(comparison.hasFolds ? "runs" : "seeds") that trained so long, bands one standard deviation to both sides."
        : nil,
      "A dot marks the best epoch of a line.",
      comparison.lossCurvesNote(among: specs.map(\.row)).map { "Note: \($0)." },
      "Where values span a factor of ten, the scale is logarithmic: of scores, in their distance from 1.",
      omission(of: specs.count, "experiments"),
    ]
    return sentences.compactMap(\.self).joined(separator: " ")
  }
}
