/// The values that a quantity, and so its mean, can have.
package enum ValueRange: Hashable, Sendable {
  /// 0 to 1, as accuracy.
  case unitInterval
  /// 0 and more, as a loss or a duration.
  case nonNegative
}
