import Metrics
import Runs

/// A column of the compare table.
public enum ComparisonColumn: String, CaseIterable, Sendable {
  case experiment
  case runs
  case valAccuracy = "val_accuracy"
  case valF1Macro = "val_f1_macro"
  case testAccuracy = "test_accuracy"
  case testPrecisionMacro = "test_precision_macro"
  case testRecallMacro = "test_recall_macro"
  case testF1Macro = "test_f1_macro"
  case parameters
  case epochs
  case trainSeconds = "train_seconds"

  /// Columns by how much a reader would miss them; where space is short, the last goes first.
  static let byImportance: [ComparisonColumn] = [
    .experiment, .runs, .valF1Macro, .testF1Macro, .valAccuracy, .testAccuracy, .trainSeconds,
    .parameters, .epochs, .testPrecisionMacro, .testRecallMacro,
  ]

  /// Whether the best row is that with the largest value, and so comes first.
  var isDescending: Bool { score?.higherIsBetter ?? (self == .runs) }

  /// The score of the column; nil in the other columns.
  private var score: ScoreName? { ScoreName(rawValue: rawValue) }

  /// What `run` contributes to a column of means over seeds; nil in the other columns, and where
  /// there is nothing to contribute.
  func value(of run: RunRecord) -> Double? {
    switch self {
    case .experiment, .runs, .parameters: nil
    case .epochs: run.results.map { Double($0.epochs) }
    case .trainSeconds: run.results?.trainSeconds
    default: score.flatMap { run.results?.value(of: $0) }
    }
  }

  /// Columns of means over seeds.
  static var means: [ComparisonColumn] {
    allCases.filter { ![.experiment, .runs, .parameters].contains($0) }
  }
}
