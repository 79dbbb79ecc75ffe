extension ConfusionMatrix {
  /// Samples of one class that were taken for another.
  package struct Confusion: Hashable, Sendable {
    /// The samples' class.
    package let actual: Int
    /// The class they were taken for.
    package let predicted: Int
    /// The number of such samples.
    package let count: Int
  }

  /// The confusions, the most frequent first, equals by class.
  package var confusions: [Confusion] {
    let classes = 0..<classCount
    return classes.flatMap { actual in
      classes.compactMap { predicted in
        let count = self[actual: actual, predicted: predicted]
        return count > 0 && predicted != actual
          ? Confusion(actual: actual, predicted: predicted, count: count) : nil
      }
    }.sorted { ($1.count, $0.actual, $0.predicted) < ($0.count, $1.actual, $1.predicted) }
  }
}
