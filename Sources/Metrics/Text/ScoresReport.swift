import TextLayout

extension Scores {
  /// Classification report, further metrics, warnings and confusion matrix, for reading.
  ///
  /// `classNames` holds a name for each class, in class order.
  package func report(classNames: [String]) -> String {
    classificationReport(classNames: classNames) + "\n" + furtherMetrics
      + warnings(classNames: classNames).map { "warning: \($0)\n\n" }.joined()
      + confusionMatrix.text(classNames: classNames)
  }

  /// The measured metrics that the classification report does not have, a line each, and an empty line; nothing where
  /// there are none.
  private var furtherMetrics: String {
    let metrics = measured.filter { !Metric.inClassificationReport.contains($0) }
    let width = metrics.map(\.rawValue.count).max() ?? 0
    let lines = metrics.map { metric in
      metric.rawValue.padded(to: width) + "  "
        + (metric.value(in: self)?.fixed(4)
          ?? "undefined" + (metric.undefined.map { ": \($0)" } ?? "")) + "\n"
    }
    return lines.isEmpty ? "" : lines.joined() + "\n"
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
