import TextLayout

extension Scores {
  /// Classification report, warnings and confusion matrix, for reading.
  ///
  /// `classNames` holds a name for each class, in class order.
  package func report(classNames: [String]) -> String {
    classificationReport(classNames: classNames) + "\n"
      + (neverPredictedWarning(classNames).map { $0 + "\n\n" } ?? "")
      + confusionMatrix.text(classNames: classNames)
  }

  private func neverPredictedWarning(_ classNames: [String]) -> String? {
    let names = neverPredicted.map { "'\(classNames[$0].singleLine)'" }
    guard let first = names.first else { return nil }
    let rest = "never predicted; precision counts as 0 there"
    return names.count == 1
      ? "warning: class \(first) is \(rest)"
      : "warning: classes \(names.joined(separator: ", ")) are \(rest)"
  }
}
