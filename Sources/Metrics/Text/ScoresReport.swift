extension Scores {
  /// Classification report, warnings and confusion matrix, for reading.
  ///
  /// `classNames` holds a name for each class, in class order.
  public func report(classNames: [String]) -> String {
    let warnings = neverPredicted.map { label in
      "warning: class '\(classNames[label])' is never predicted; its precision counts as 0\n"
    }
    return classificationReport(classNames: classNames) + "\n"
      + warnings.joined() + (warnings.isEmpty ? "" : "\n")
      + confusionMatrix.text(classNames: classNames)
  }
}
