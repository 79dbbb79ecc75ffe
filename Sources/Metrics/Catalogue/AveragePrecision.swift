extension Metric {
  /// The mean over the classes, also of two, of Σ (Rₙ − Rₙ₋₁) Pₙ, the area under the steps of precision over recall, each
  /// class against the rest. It is scikit-learn's value for labels that are one-hot, `numpy.eye(classes)[labels]`; a list
  /// of 0 and 1 has that of class 1 alone there, and classes without samples have 0.
  package static let averagePrecisionMacro = Metric(
    "average_precision_macro",
    "The precision of a class, averaged over all recalls; the mean over classes.",
    source: "scikit-learn's average_precision_score of one-hot labels",
    otherNames: [
      "average_precision", "pr_auc", "auc_pr", "auprc", "map", "mean_average_precision",
    ],
    undefined: "a class has no images, or all of them",
    value: .probabilities { samples in
      samples.mean(over: 0..<samples.classCount) {
        $0.negatives > 0 ? $0.averagePrecision : nil
      }
    })
}
