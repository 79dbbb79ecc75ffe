extension PredictionTable {
  /// The predictions of several networks, each for images of its own, taken together in their order; nil if there are none,
  /// or not all are of the same classes.
  package init?(pooling parts: [PredictionTable]) {
    guard let first = parts.first,
      parts.allSatisfy({
        $0.classNames == first.classNames && ($0.files == nil) == (first.files == nil)
      })
    else { return nil }
    self.init(
      labels: parts.flatMap(\.labels), predicted: parts.flatMap(\.predicted),
      probabilities: parts.flatMap(\.probabilities), classNames: first.classNames,
      indices: parts.flatMap(\.indices),
      files: first.files == nil ? nil : parts.flatMap { $0.files ?? [] })
  }
}
