import Metrics

/// The scores of two runs on one class of the test images.
struct ClassDiff: Hashable, Sendable {
  let name: String
  let first, second: ClassScores

  /// F1 of the second run minus F1 of the first.
  var change: Double { second.f1 - first.f1 }

  /// All classes, the largest change first.
  static func list(_ first: Scores, _ second: Scores, names: [String]) -> [ClassDiff] {
    zip(names, zip(first.perClass, second.perClass))
      .map { ClassDiff(name: $0, first: $1.0, second: $1.1) }
      .enumerated()
      .sorted { (abs($1.element.change), $0.offset) < (abs($0.element.change), $1.offset) }
      .map(\.element)
  }
}
