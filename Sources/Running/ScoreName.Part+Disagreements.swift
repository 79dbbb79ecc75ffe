import Metrics

extension ScoreName.Part {
  /// What `scored` says otherwise than `recorded`, both of this part of the data: a line each.
  ///
  /// - Parameter tolerance: how far apart values may be, of those above 1 as a share of them.
  func disagreements(
    _ recorded: Scores?, _ scored: Scores?, tolerance: Double
  ) -> [String] {
    guard let recorded, let scored else {
      return recorded == nil && scored == nil
        ? [] : ["\(rawValue) scores are in only one of record and evaluation"]
    }
    return Metric.allCases.compactMap { metric in
      let (old, new) = (metric.value(in: recorded), metric.value(in: scored))
      // Written so that a value that is no number agrees with nothing.
      if old == new || abs(old - new) <= tolerance * max(1, abs(old)) { return nil }
      return "\(ScoreName(self, metric).rawValue) is \(new), recorded as \(old)"
    }
  }
}
