/// A number by which trained networks are compared, named as in scikit-learn.
package enum Metric: String, CaseIterable, Codable, Sendable {
  case loss
  case accuracy
  case precisionMacro = "precision_macro"
  case recallMacro = "recall_macro"
  case f1Macro = "f1_macro"

  /// Words by which others know metrics.
  package static let otherNames: [(name: String, words: [String])] = [
    (accuracy.rawValue, ["acc"]), (precisionMacro.rawValue, ["precision"]),
    (recallMacro.rawValue, ["recall"]), (f1Macro.rawValue, ["f1", "macro_f1"]),
  ]

  /// True if a larger value is a better one.
  package var higherIsBetter: Bool { self != .loss }

  /// The values that it can have.
  package var range: ValueRange { self == .loss ? .nonNegative : .unitInterval }

  /// This metric's value in `scores`.
  package func value(in scores: Scores) -> Double {
    switch self {
    case .loss: scores.loss
    case .accuracy: scores.accuracy
    case .precisionMacro: scores.precisionMacro
    case .recallMacro: scores.recallMacro
    case .f1Macro: scores.f1Macro
    }
  }

  /// Every metric's value in `scores`.
  package static func values(in scores: Scores) -> [Metric: Double] {
    Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.value(in: scores)) })
  }
}
