import Metrics
import Records

/// The agreement of two runs' predictions for the same test images.
struct PredictionDiff: Hashable, Sendable {
  /// Images that both get right.
  private(set) var bothRight = 0
  /// Images that both get wrong.
  private(set) var bothWrong = 0
  /// The images that only one run gets right, and McNemar's test of them.
  let test: McNemarTest
  /// True if every probability is the same.
  let isIdentical: Bool

  /// Compares predictions; nil where they are not for images of the same classes.
  init?(_ first: PredictionTable, _ second: PredictionTable) {
    guard first.labels == second.labels, first.classCount == second.classCount else { return nil }
    var (onlyFirst, onlySecond) = (0, 0)
    for (index, label) in first.labels.enumerated() {
      switch (first.predicted[index] == label, second.predicted[index] == label) {
      case (true, true): bothRight += 1
      case (true, false): onlyFirst += 1
      case (false, true): onlySecond += 1
      case (false, false): bothWrong += 1
      }
    }
    test = McNemarTest(onlyFirst: onlyFirst, onlySecond: onlySecond)
    isIdentical = first == second
  }

  /// All images.
  var count: Int { bothRight + bothWrong + test.onlyFirst + test.onlySecond }
}
