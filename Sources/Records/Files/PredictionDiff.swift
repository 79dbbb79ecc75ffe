import Metrics

/// The agreement of two networks' predictions for the same images.
package struct PredictionDiff: Hashable, Sendable {
  /// Images that both get right.
  package private(set) var bothRight = 0
  /// Images that both get wrong.
  package private(set) var bothWrong = 0
  /// The images that only one network gets right, and McNemar's test of them.
  package let test: McNemarTest
  /// True if every probability is the same.
  package let isIdentical: Bool

  /// Compares predictions; nil where they are not for images of the same classes, by name or by number. Networks may
  /// number their classes in different ways.
  package init?(_ first: PredictionTable, _ second: PredictionTable) {
    guard first.labels == second.labels || first.labelNames == second.labelNames else {
      return nil
    }
    var (onlyFirst, onlySecond) = (0, 0)
    for index in first.labels.indices {
      switch (first.isRight(index), second.isRight(index)) {
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
  package var count: Int { bothRight + bothWrong + test.onlyFirst + test.onlySecond }
}

extension PredictionTable {
  /// The name of the class of each image.
  fileprivate var labelNames: [String] { labels.map { classNames[$0] } }

  /// True if the image at `index` was taken for what it is.
  fileprivate func isRight(_ index: Int) -> Bool { predicted[index] == labels[index] }
}
