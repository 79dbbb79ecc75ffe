/// A number by which trained networks are compared, named as in scikit-learn.
///
/// Each is declared once, in a file of its own; whatever names metrics (results, monitors, targets, tables, reports, the
/// schema and the reference) goes through `allCases`.
package struct Metric: Sendable {
  /// The name: `f1_macro`.
  package let rawValue: String
  /// What it measures, in a sentence.
  package let summary: String
  /// The function of another program whose value it has.
  package let source: String?
  /// Words by which others know it.
  let otherNames: [String]
  /// True if a larger value is a better one.
  package let higherIsBetter: Bool
  /// The values that it can have.
  package let range: ValueRange
  /// The scores for which it has no value, in words; nil if it always has one.
  package let undefined: String?
  /// The fewest classes for which it is defined.
  package let fewestClasses: Int
  /// What its value comes from.
  let value: Value

  /// What the value of a metric comes from; the functions return nil where it is undefined.
  enum Value: Sendable {
    /// The loss and the counts of each class.
    case counts(@Sendable (Scores) -> Double?)
    /// The probabilities of all samples.
    case probabilities(@Sendable (LabelledProbabilities) -> Double?)
  }

  /// The metric of that name, which is not yet in the catalogue.
  init(
    _ name: String, _ summary: String, source: String? = nil, otherNames: [String] = [],
    higherIsBetter: Bool = true, range: ValueRange = .unitInterval, undefined: String? = nil,
    fewestClasses: Int = 2, value: Value
  ) {
    rawValue = name
    self.summary = summary
    self.source = source
    self.otherNames = otherNames
    self.higherIsBetter = higherIsBetter
    self.range = range
    self.undefined = undefined
    self.fewestClasses = fewestClasses
    self.value = value
  }

  /// True if it needs the probabilities of all samples.
  package var needsProbabilities: Bool {
    if case .probabilities = value { true } else { false }
  }

  /// This metric's value in `scores`; nil if it is undefined there, or was not measured.
  package func value(in scores: Scores) -> Double? {
    switch value {
    case .counts(let function): function(scores)
    case .probabilities: scores.ofProbabilities[self]
    }
  }

  /// The values that `metrics` have in `scores`.
  package static func values(of metrics: [Metric], in scores: Scores) -> [Metric: Double] {
    var values: [Metric: Double] = [:]
    for metric in metrics { values[metric] = metric.value(in: scores) }
    return values
  }

  /// Words by which others know metrics.
  package static let otherNames: [(name: String, words: [String])] =
    allCases.filter { !$0.otherNames.isEmpty }.map { ($0.rawValue, $0.otherNames) }
}

extension Metric: RawRepresentable, Hashable, Codable {
  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// The metric of that name; nil if there is none.
  package init?(rawValue: String) {
    guard let metric = Self.byName[rawValue] else { return nil }
    self = metric
  }

  package static func == (left: Metric, right: Metric) -> Bool { left.rawValue == right.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
