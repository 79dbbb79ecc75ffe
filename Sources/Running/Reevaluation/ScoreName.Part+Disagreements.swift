import Metrics

extension ScoreName.Part {
  /// The differences of `metrics` between `scored` and `recorded` scores on this part of the data, a line each.
  ///
  /// - Parameter tolerance: the largest difference allowed; for values above 1 it is relative.
  func disagreements(
    _ metrics: [Metric], _ recorded: Scores?, _ scored: Scores?, tolerance: Double
  ) -> [String] {
    guard let recorded, let scored else {
      return recorded == nil && scored == nil
        ? [] : ["\(rawValue) scores are in only one of record and evaluation"]
    }
    return metrics.compactMap { metric in
      guard recorded.measured.contains(metric) else { return nil }
      let (old, new) = (metric.value(in: recorded), metric.value(in: scored))
      guard let old, let new else {
        return old == nil && new == nil
          ? nil
          : "\(ScoreName(self, metric).rawValue) is defined in only one of record and evaluation"
      }
      // NaN fails this comparison, and so agrees with nothing.
      if old == new || abs(old - new) <= tolerance * max(1, abs(old)) { return nil }
      return "\(ScoreName(self, metric).rawValue) is \(new), recorded as \(old)"
    }
  }
}
