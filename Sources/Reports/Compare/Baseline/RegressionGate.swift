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

  /// Why the rows of `comparison` do not pass, a line for each that fails, whether it is shown or not; empty if
  /// all pass.
  ///
  /// A row without a value fails, too: what cannot be shown to be good enough is not.
  public func failures(in comparison: Comparison) -> [String] {
    guard let baseline = comparison.baseline else { return ["there is no baseline"] }
    guard let wanted = baseline.statistics(score)?.mean else {
      return ["\(baseline.label), the baseline, has no completed run with \(score.rawValue)"]
    }
    guard wanted.isFinite else {
      return ["\(baseline.label), the baseline, has a \(score.rawValue) of \(wanted.description)"]
    }
    let shown = comparison.rows.filter { !$0.isBaseline }
    guard !shown.isEmpty || !comparison.hiddenRows.isEmpty else {
      return ["there is no row beside \(baseline.label), the baseline"]
    }
    let all = shown.map { ($0, $0.label) }
    let hidden = comparison.hiddenRows.map { ($0, "\($0.label) (left out by --top)") }
    return (all + hidden).compactMap { row, name in
      failure(of: row, called: name, wanted, baseline, comparison)?.singleLine
    }
  }

  /// Why `row` does not pass, where the mean of `baseline` is `wanted`; nil if it does.
  private func failure(
    of row: ComparisonRow, called name: String, _ wanted: Double, _ baseline: ComparisonRow,
    _ comparison: Comparison
  ) -> String? {
    if let obstacle = comparison.obstacle(to: row, by: score) {
      return "\(name) cannot be judged by \(score.rawValue): \(obstacle)"
    }
    guard let statistics = row.statistics(score) else {
      return "\(name) has no completed run with \(score.rawValue)"
    }
    let mean = statistics.mean
    guard mean.isFinite else {
      return "\(name) has a \(score.rawValue) of \(mean.description)"
    }
    let loss = score.higherIsBetter ? wanted - mean : mean - wanted
    guard loss > margin + Self.rounding else { return nil }
    let digits = comparison.options.digits
    let part =
      statistics.count < row.attempted
      ? ", the mean of \(statistics.count) of \(row.attempted) runs" : ""
    return "\(name) is worse than \(baseline.label) in \(score.rawValue) by "
      + "\(loss.fixed(digits)) (\(mean.fixed(digits))\(part), baseline \(wanted.fixed(digits))), "
      + "more than the margin \(margin.description)"
  }

  /// What is worse by no more than this is worse by rounding: 0.99 - 0.987 is more than 0.003.
  private static let rounding = 1e-12
}
