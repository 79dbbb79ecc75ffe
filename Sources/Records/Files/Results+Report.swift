import Metrics
import TextLayout

extension Results {
  /// The text of report.txt: classification report and confusion matrix of each set of images.
  ///
  /// `classNames` holds a name for each class, in class order.
  package func report(classNames: [String]) -> String {
    let rule = thresholdInWords(classNames).map { $0 + "\n" } ?? ""
    let sets = [("Validation", validation, ""), ("Test", test, rule)]
    return sets.compactMap { title, scores, rule in
      scores.map { scores in
        let count = scores.confusionMatrix.sampleCount
        return "\(title): \(count) images, weights of epoch \(weightsEpoch), "
          + "loss \(scores.loss.fixed(4))\n"
          + rule + "\n"
          + scores.report(classNames: classNames)
      }
    }.joined(separator: "\n")
  }

  /// The rule by which two classes are told apart; nil if the most probable one counts.
  package func thresholdInWords(_ classNames: [String]) -> String? {
    threshold.map { $0.rule(for: classNames[1]) }
  }
}

extension DecisionThreshold {
  /// The rule in words by which an image is taken for the class `name`, the second of two; of an ensemble it is the mean
  /// of those of `memberCount` networks.
  package func rule(for name: String, memberCount: Int = 1) -> String {
    "taken for '\(name.singleLine)' from a probability of \(value.fixed(4)) on, "
      + (memberCount > 1
        ? "the mean of its members' thresholds, each of which has the highest balanced accuracy"
        : "which has the highest balanced accuracy") + " on the validation images"
  }
}
