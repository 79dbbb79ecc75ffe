extension Metric {
  /// The mean over the classes of Σ (Rₙ − Rₙ₋₁) Pₙ, the area under the steps of precision over recall, each class against
  /// the rest. Of two classes only the second, the positive one, counts. scikit-learn gives classes without samples 0.
  package static let averagePrecisionMacro = Metric(
    "average_precision_macro",
    "The precision of a class, averaged over all recalls; the mean over classes.",
    source: "scikit-learn's average_precision_score",
    otherNames: ["average_precision", "pr_auc", "map", "mean_average_precision"],
    undefined: "a class has no images, or all of them",
    value: .probabilities { samples in
      samples.mean { $0.negatives > 0 ? $0.averagePrecision : nil }
    })
}
