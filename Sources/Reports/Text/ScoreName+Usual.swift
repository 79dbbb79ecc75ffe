import Metrics

extension ScoreName {
  /// The scores that tables show unless asked otherwise, of runs whose last scores are on `final`.
  static func usual(_ final: Part) -> [ScoreName] {
    let last: [Metric] = [.accuracy, .precisionMacro, .recallMacro, .f1Macro]
    let chosen: [ScoreName] =
      final == .test
      ? [ScoreName(.validation, .accuracy), ScoreName(.validation, .f1Macro)] : []
    return chosen + last.map { ScoreName(final, $0) }
  }
}
