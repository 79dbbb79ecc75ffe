import Metrics

/// The options of a comparison.
package struct ComparisonOptions: Sendable {
  /// The ways in which runs are grouped into rows.
  package enum Grouping: Hashable, Sendable {
    /// The runs of one spec.
    case specs
    /// The runs of all specs that have the same value under a key.
    case values(key: String)
    /// The runs of all specs in the same circumstances.
    case circumstances(RunCircumstance)
    /// One run.
    case runs
    /// One class, as scored by the runs of one spec; without scores, the usual ones.
    case classes([ClassScoreName])
  }

  /// The way in which runs are grouped into rows.
  package var grouping = Grouping.specs
  /// The scores to show, the first being that of the sentences about the baseline; nil: the usual ones.
  package var metrics: [ScoreName]?
  /// The evaluation whose scores take the place of those on test images; nil: those of the experiment.
  package var evaluation: String?
  /// The runs to compare; nil: all.
  package var filter: RunFilter?
  /// The limits that all rows have to keep.
  package var gates: [RegressionGate] = []
  /// The column to sort by, or the key of a spec's value; nil: `choice`.
  package var sortColumn: String?
  /// The names of the columns to show, in their order; nil: the usual ones.
  package private(set) var columns: [String]?
  /// True if all values that differ have a column in a table, too, however many they are.
  package var showsAllValues = false
  /// The largest number of rows to show, besides the baseline.
  package var top: Int?
  /// The row with which the others are compared: an experiment's name, a row's label, or the beginning of a spec's
  /// hash.
  package var baseline: String?
  /// Digits behind the point of scores.
  package var digits = 4

  /// The part of the usual scores: test images, or validation's where no run has others.
  var finalPart = ScoreName.Part.test

  /// One row for each spec, with the usual scores.
  package init() {}

  /// Shows the columns called `names` alone, in their order. The scores among them are those that are shown.
  package mutating func show(columns names: [String]) {
    columns = names
    if case .classes = grouping {
      grouping = .classes(names.compactMap(ClassScoreName.init))
    } else {
      let scores = names.compactMap(ScoreName.init)
      metrics = scores.isEmpty ? nil : scores
    }
  }

  /// The scores to show.
  var shownMetrics: [ScoreName] { metrics ?? ScoreName.usual(finalPart) }

  /// The validation score by which the best row is chosen. Nothing is chosen by test scores.
  var choice: ScoreName {
    let asked = sortColumn.flatMap(ScoreName.init).map { [$0] } ?? []
    return (asked + (metrics ?? [])).first { $0.part == .validation }
      ?? ScoreName(.validation, .f1Macro)
  }
}

extension ComparisonOptions {
  /// The scores that are shown or judged.
  private var concernedScores: [ScoreName] {
    let others = [choice] + (sortColumn.flatMap(ScoreName.init).map { [$0] } ?? [])
    return shownMetrics + others + gates.map(\.score)
  }

  /// True if losses are shown or judged.
  var concernsLosses: Bool { concernedScores.contains { $0.metric == .loss } }

  /// The way in which the folds of a seed are taken together: predictions are read only where a metric needs them.
  var pooling: FoldPooling {
    concernedScores.contains(where: \.metric.needsProbabilities) ? .probabilities : .counts
  }
}

extension ComparisonOptions.Grouping {
  /// True if each row belongs to a single spec.
  var showsSpecs: Bool { key == nil }

  /// The key of the value by which rows are grouped; nil if each belongs to a single spec.
  var key: String? {
    switch self {
    case .values(let key): key
    case .circumstances(let circumstance): circumstance.rawValue
    case .specs, .runs, .classes: nil
    }
  }
}

/// A score of a single class, on one of the sets of images: `test_precision`.
package struct ClassScoreName: Hashable, Sendable, RawRepresentable, CaseIterable {
  /// The scores that exist for single classes.
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

  /// The images on which it is measured.
  package let part: ScoreName.Part
  /// The kind of score.
  package let metric: Metric

  init(_ part: ScoreName.Part, _ metric: Metric) {
    self.part = part
    self.metric = metric
  }

  /// The score that `rawValue` names; nil if there is none.
  package init?(rawValue: String) {
    guard let name = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = name
  }

  /// `test_precision`
  package var rawValue: String { part.prefix + metric.rawValue }

  /// The scores on validation images, then those on test images.
  package static let allCases = ScoreName.Part.allCases.flatMap { part in
    Metric.allCases.map { ClassScoreName(part, $0) }
  }

  /// The scores on the images of `final`.
  static func usual(_ final: ScoreName.Part) -> [ClassScoreName] {
    Metric.allCases.map { ClassScoreName(final, $0) }
  }
}
