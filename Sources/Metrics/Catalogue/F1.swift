extension Metric {
  package static let f1Macro = Metric(
    "f1_macro", "The mean F1 of the classes.", source: "scikit-learn's f1_score",
    otherNames: ["f1", "macro_f1"], value: .counts(\.f1Macro))

  package static let f1Micro = Metric(
    "f1_micro", "F1 over the images of all classes together, which is the accuracy.",
    source: "scikit-learn's f1_score", otherNames: ["micro_f1"],
    value: .counts {
      ratio(2 * $0.counts.correct, $0.counts.predicted + $0.counts.support)
    })

  package static let f1Weighted = Metric(
    "f1_weighted", "The mean F1 of the classes, each weighted by its images.",
    source: "scikit-learn's f1_score", otherNames: ["weighted_f1"],
    value: .counts { $0.weightedAverage(\.f1) })
}

extension Scores {
  /// The mean F1 of the classes.
  package var f1Macro: Double { macroAverage(\.f1) }
}
