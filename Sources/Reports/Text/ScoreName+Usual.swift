import Metrics

extension ScoreName {
  /// The scores that tables show unless asked otherwise.
  static let usual = [
    ScoreName(.validation, .accuracy), ScoreName(.validation, .f1Macro),
    ScoreName(.test, .accuracy), ScoreName(.test, .precisionMacro),
    ScoreName(.test, .recallMacro), ScoreName(.test, .f1Macro),
  ]
}
