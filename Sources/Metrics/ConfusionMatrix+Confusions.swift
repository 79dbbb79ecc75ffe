extension ConfusionMatrix {
  /// Samples of one class that were taken for another.
  public struct Confusion: Hashable, Sendable {
    /// The samples' class.
    public let actual: Int
    /// What they were taken for.
    public let predicted: Int
    /// How many they are.
    public let count: Int
  }

  /// What was taken for what, the most frequent first, equals by class.
  public var confusions: [Confusion] {
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
