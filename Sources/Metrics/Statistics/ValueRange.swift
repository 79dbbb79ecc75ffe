/// The values that a quantity, and so its mean, can have.
package enum ValueRange: Hashable, Sendable {
  /// Those between two numbers, and these.
  case bounded(ClosedRange<Double>)
  /// 0 and more, as a loss or a duration.
  case nonNegative

  /// 0 to 1, as accuracy.
  package static var unitInterval: Self { .bounded(0...1) }
  /// −1 to 1, as a correlation.
  package static var correlation: Self { .bounded(-1...1) }

  /// The least value.
  package var lowerBound: Double {
    if case .bounded(let bounds) = self { bounds.lowerBound } else { 0 }
  }

  /// The greatest value; nil if there is none.
  package var upperBound: Double? {
    if case .bounded(let bounds) = self { bounds.upperBound } else { nil }
  }

  /// Whether `value` is one of them.
  package func contains(_ value: Double) -> Bool {
    value >= lowerBound && upperBound.map { value <= $0 } ?? true
  }
}
