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
          + parts.map { .init(mean(of: metric, on: $0), 4) }
      })
    let undefined = measured.filter { metric in
      metric.undefined != nil && parts.contains { mean(of: metric, on: $0) == nil }
    }
    let unpooled = parts.filter { part in
      measured.contains { row.isMeanOverFolds(ScoreName(part, $0)) }
    }
    let note = ReportPage.note([
      row.counted.count > 1 && row.foldSets.isEmpty ? "Means over the runs that count." : nil,
      row.foldSets.isEmpty
        ? nil : "Means over seeds, of the predictions on all folds or of the mean over them.",
      unpooled.isEmpty
        ? nil
        : "Metrics of probabilities on the \(unpooled[0].images) are means over the folds: runs record predictions for their test images where there are some.",
      undefined.isEmpty
        ? nil
        : "A dash stands where a metric is undefined: "
          + undefined.map { "\($0.rawValue) if \($0.undefined ?? "")" }.joined(separator: "; ")
          + ".",
    ])
    return "<h4>Metrics</h4>\n\(note)\(table.html)"
  }

  /// The mean of `metric` on the images of `part`; nil where it is undefined or unknown.
  private func mean(of metric: Metric, on part: ScoreName.Part) -> Double? {
    let isPooled = metric.needsProbabilities && part == self.part && !pooled.isEmpty
    guard isPooled else { return row.statistics(ScoreName(part, metric))?.mean }
    let values = pooled.compactMap(metric.value)
    return values.count == pooled.count ? SampleStatistics(values)?.mean : nil
  }
}
