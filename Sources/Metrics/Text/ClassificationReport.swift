import TextLayout

extension Scores {
  /// scikit-learn's `classification_report(labels, predictions, digits=4, zero_division=0)`, to the
  /// space.
  ///
  /// `classNames` holds a name for each class, in class order; those that do not occur have no line.
  package func classificationReport(classNames: [String]) -> String {
    precondition(classNames.count == perClass.count, "one name for each class")
    let occurring = confusionMatrix.occurringClasses
    let names = occurring.map { classNames[$0].singleLine }
    let perClass = occurring.map { self.perClass[$0] }
    let width = names.reduce("weighted avg".count) { max($0, $1.displayWidth) }
    let total = confusionMatrix.sampleCount
    func line(_ name: String, _ cells: [String]) -> String {
      name.leftPadded(to: width) + " " + cells.map { " " + $0.leftPadded(to: 9) }.joined() + "\n"
    }
    func average(_ name: String, weight: (ClassScores) -> Double) -> String {
      func mean(_ score: (ClassScores) -> Double) -> String {
        perClass.reduce(0) { $0 + weight($1) * score($1) }.fixed(4)
      }
      return line(name, [mean(\.precision), mean(\.recall), mean(\.f1), "\(total)"])
    }
    return line("", ["precision", "recall", "f1-score", "support"]) + "\n"
      + zip(names, perClass).map { name, scores in
        line(
          name,
          [scores.precision.fixed(4), scores.recall.fixed(4), scores.f1.fixed(4)]
            + ["\(scores.support)"])
      }.joined() + "\n"
      + line("accuracy", ["", "", accuracy.fixed(4), "\(total)"])
      + average("macro avg") { _ in 1 / Double(max(1, perClass.count)) }
      + average("weighted avg") { ratio($0.support, total) }
  }
}
