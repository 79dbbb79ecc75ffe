import TextLayout

extension Scores {
  /// Classification report, warnings and confusion matrix, for reading.
  ///
  /// `classNames` holds a name for each class, in class order.
  package func report(classNames: [String]) -> String {
    classificationReport(classNames: classNames) + "\n"
      + warnings(classNames: classNames).map { "warning: \($0)\n\n" }.joined()
      + confusionMatrix.text(classNames: classNames)
  }

  /// The values that are conventions and not measured, a line each.
  package func warnings(classNames: [String]) -> [String] {
    func line(_ labels: [Int], singular: String, plural: String, _ rest: String) -> String? {
      let names = labels.map { "'\(classNames[$0].singleLine)'" }
      return switch names.count {
      case 0: nil
      case 1: "class \(names[0]) \(singular) \(rest)"
      default: "classes \(names.joined(separator: ", ")) \(plural) \(rest)"
      }
    }
    return [
      line(
        neverPredicted, singular: "is", plural: "are",
        "never predicted; precision counts as 0 there"),
      line(
        predictedWithoutSamples, singular: "has", plural: "have",
        "no images here, but some predictions; the macro averages count 0 there"),
    ].compactMap(\.self)
  }
}
