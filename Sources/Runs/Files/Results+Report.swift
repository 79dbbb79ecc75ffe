import Metrics

extension Results {
  /// The text of report.txt: classification report and confusion matrix of each set of images.
  ///
  /// `classNames` holds a name for each class, in class order.
  public func report(classNames: [String]) -> String {
    let sets = [("Validation", validation), ("Test", test)]
    return sets.compactMap { title, scores in
      scores.map { Self.section(title, $0, weightsEpoch, classNames) }
    }.joined(separator: "\n")
  }

  private static func section(
    _ title: String, _ scores: Scores, _ epoch: Int, _ classNames: [String]
  ) -> String {
    let count = scores.confusionMatrix.sampleCount
    let heading =
      "\(title): \(count) images, weights of epoch \(epoch), loss \(scores.loss.fixed(4))"
    let warnings = scores.neverPredicted.map { label in
      "warning: class '\(classNames[label])' is never predicted; its precision counts as 0\n"
    }
    return heading + "\n\n" + scores.classificationReport(classNames: classNames) + "\n"
      + warnings.joined() + (warnings.isEmpty ? "" : "\n")
      + scores.confusionMatrix.text(classNames: classNames)
  }
}
