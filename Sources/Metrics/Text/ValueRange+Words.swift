import TextLayout

extension ValueRange {
  /// `between 0 and 1`, `at least 0`
  package var inWords: String {
    guard let upperBound else { return "at least \(lowerBound.fixed(0))" }
    return "between \(lowerBound.fixed(0)) and \(upperBound.fixed(0))"
  }

  /// What to write in the place of a `value` outside the range; nil unless it is a percentage.
  package func hint(for value: Double) -> String? {
    upperBound == 1 && (0...1).contains(value / 100) ? "write \(value / 100)" : nil
  }
}
