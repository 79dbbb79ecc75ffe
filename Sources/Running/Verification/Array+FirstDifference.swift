extension Array where Element: Equatable {
  /// The first index at which `other` differs, or at which the shorter of both ends; nil if both are equal.
  func firstDifference(from other: [Element]) -> Int? {
    zip(self, other).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? (count == other.count ? nil : Swift.min(count, other.count))
  }
}
