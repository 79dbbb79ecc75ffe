extension Metric {
  /// The mean over the classes of the area under the curve of true over false positive rate, each class against the rest.
  /// Of two classes only the second, the positive one, counts.
  package static let rocAUCMacro = Metric(
    "roc_auc_macro",
    "The probability that an image of a class gets more of it than one of the rest; the mean over classes.",
    source: "scikit-learn's roc_auc_score with multi_class='ovr'",
    otherNames: ["roc_auc", "auc", "auroc", "roc_auc_ovr"],
    undefined: "a class has no images, or all of them",
    value: .probabilities { $0.mean(\.rocAUC) })
}
