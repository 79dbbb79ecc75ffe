import Metrics

/// What is asked of a comparison.
package struct ComparisonOptions: Sendable {
  /// What each line of a comparison is about.
  package enum Layout: Hashable, Sendable {
    /// The runs of one spec.
    case specs
    /// The runs of all specs that have the same value under a key.
    case values(key: String)
    /// One run.
    case runs
    /// One class, as the runs of one spec tell it.
    case classes([ClassScoreName])
  }

  /// What each line is about.
  package var layout = Layout.specs
  /// The scores to show, the first being that of the sentences about the baseline; nil: the usual ones.
  package var metrics: [ScoreName]?
  /// Which runs to take; nil: all.
  package var filter: RunFilter?
  /// What all rows have to pass.
  package var gates: [RegressionGate] = []
  /// The column to sort by, or the key of a spec's value; nil: the score of validation that tells the best row.
  package var sortColumn: String?
  /// How many rows to show at most, beside the baseline.
  package var top: Int?
  /// What the others are compared with: an experiment's name, a row's label, or the beginning of a
  /// spec's hash.
  package var baseline: String?
  /// Digits behind the point of scores.
  package var digits = 4

  /// One row for each spec, with the usual scores.
  package init() {}

  /// The scores to show.
  var shownMetrics: [ScoreName] { metrics ?? ScoreName.usual }

  /// The score of validation that tells the best row. Nothing is chosen by test.
  var choice: ScoreName {
    let asked = sortColumn.flatMap(ScoreName.init).map { [$0] } ?? []
    return (asked + (metrics ?? [])).first { $0.part == .validation }
      ?? ScoreName(.validation, .f1Macro)
  }
}

/// A score of a single class, on one of the sets of images: `test_precision`.
package struct ClassScoreName: Hashable, Sendable, RawRepresentable, CaseIterable {
  /// What is measured.
  package enum Metric: String, CaseIterable, Sendable {
    case precision, recall, f1

    func value(in scores: ClassScores) -> Double {
      switch self {
      case .precision: scores.precision
      case .recall: scores.recall
      case .f1: scores.f1
      }
    }
  }

  /// The images.
  package let part: ScoreName.Part
  /// What is measured on them.
  package let metric: Metric

  init(_ part: ScoreName.Part, _ metric: Metric) { (self.part, self.metric) = (part, metric) }

  /// The score that `rawValue` names; nil if there is none.
  package init?(rawValue: String) {
    guard let name = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = name
  }

  /// `test_precision`
  package var rawValue: String { part.prefix + metric.rawValue }

  /// Those of validation, then those of the test.
  package static let allCases = ScoreName.Part.allCases.flatMap { part in
    Metric.allCases.map { ClassScoreName(part, $0) }
  }

  /// Those on the test images.
  package static let usual = Metric.allCases.map { ClassScoreName(.test, $0) }
}
