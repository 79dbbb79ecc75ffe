import Metrics
import TextLayout

/// A limit to how much worse than the baseline a score may be: `test_f1_macro:0.002`.
public struct RegressionGate: Sendable, Hashable {
  /// What is judged.
  public let score: ScoreName
  /// By how much a row's mean may be worse.
  public let margin: Double

  /// A gate for `score` that lets pass what is worse by at most `margin`.
  public init(_ score: ScoreName, margin: Double) { (self.score, self.margin) = (score, margin) }

  /// Why the rows of `comparison` do not pass, a line for each that fails; empty if all pass.
  ///
  /// A row without a value fails, too: what cannot be shown to be good enough is not.
  public func failures(in comparison: Comparison) -> [String] {
    guard let baseline = comparison.baseline else { return ["there is no baseline"] }
    guard let wanted = baseline.statistics(score)?.mean else {
      return ["\(baseline.label), the baseline, has no completed run with \(score.rawValue)"]
    }
    let others = comparison.rows.filter { !$0.isBaseline && $0.data == baseline.data }
    guard !others.isEmpty else {
      return ["there is no other row on the images of \(baseline.label)"]
    }
    return others.compactMap { row in
      guard let mean = row.statistics(score)?.mean else {
        return "\(row.label) has no completed run with \(score.rawValue)"
      }
      let loss = score.higherIsBetter ? wanted - mean : mean - wanted
      // NaN is not good enough.
      guard !(loss <= margin) else { return nil }
      let digits = comparison.options.digits
      return "\(row.label) is worse than \(baseline.label) in \(score.rawValue) by "
        + "\(loss.fixed(digits)) (\(mean.fixed(digits)), baseline \(wanted.fixed(digits))), "
        + "more than the margin \(margin.description)"
    }.map(\.singleLine)
  }
}
