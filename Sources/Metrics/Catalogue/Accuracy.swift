extension Metric {
  /// The share of the samples that are taken for what they are.
  package static let accuracy = Metric(
    "accuracy", "The share of the images that are taken for what they are.",
    source: "scikit-learn's accuracy_score", otherNames: ["acc"], value: .counts(\.accuracy))
}

extension Scores {
  /// The share of the samples taken for what they are.
  package var accuracy: Double { ratio(counts.correct, counts.support) }
}
