extension Metric {
  /// The mean over the classes of the area under the curve of true over false positive rate, each class against the rest.
  /// Of two classes both have the same, that of the second, the positive one.
  package static let rocAUCMacro = Metric(
    "roc_auc_macro",
    "The probability that an image of a class gets more of it than one of the rest; the mean over classes.",
    source: "scikit-learn's roc_auc_score with multi_class='ovr'",
    otherNames: ["roc_auc", "auc", "auroc", "auc_roc", "roc_auc_score", "roc_auc_ovr"],
    undefined: "a class has no images, or all of them",
    value: .probabilities { samples in
      // The probabilities of two classes may be rounded otherwise.
      let classes = samples.positiveClass.map { $0...$0 } ?? 0...samples.classCount - 1
      return samples.mean(over: Range(classes), \.rocAUC)
    })
}
