import Metrics
import TextLayout

extension ReportedSpec {
  /// Every metric that was measured, on each part of the data; nil if no run counts.
  var metrics: HTML? {
    let parts = ScoreName.Part.allCases.filter { part in
      row.counted.contains { $0.results?.scores(on: part) != nil }
    }
    let measured = Metric.allCases.filter { metric in
      row.counted.contains { $0.results?.final?.measured.contains(metric) == true }
    }
    guard !measured.isEmpty else { return nil }
    let table = PageTable(
      caption: "Metrics on each part of the data",
      columns: [.text("metric")] + parts.map { .number($0.name) },
      rows: measured.map { metric in
        [.init("<code>\(metric.rawValue)</code>")]
          + parts.map { .init(row.statistics(ScoreName($0, metric))?.mean, 4) }
      })
    let undefined = measured.filter { metric in
      metric.undefined != nil
        && parts.contains { row.statistics(ScoreName($0, metric)) == nil }
    }
    let note = ReportPage.note([
      row.counted.count > 1 ? "Means over the runs that count." : nil,
      undefined.isEmpty
        ? nil
        : "A dash stands where a metric is undefined: "
          + undefined.map { "\($0.rawValue) if \($0.undefined ?? "")" }.joined(separator: "; ")
          + ".",
    ])
    return "<h4>Metrics</h4>\n\(note)\(table.html)"
  }
}
