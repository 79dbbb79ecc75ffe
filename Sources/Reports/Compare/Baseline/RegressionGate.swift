import Metrics
import TextLayout

/// A limit to how much worse than the baseline a score may be: `test_f1_macro:0.002`.
package struct RegressionGate: Sendable, Hashable {
  /// The score judged.
  package let score: ScoreName
  /// The amount by which a row may be worse.
  package let margin: Double

  /// A gate for `score` that accepts rows that are worse by at most `margin`.
  package init(_ score: ScoreName, margin: Double) {
    self.score = score
    self.margin = margin
  }

  /// The failures of the rows of `comparison`, a line each, for shown and hidden rows; empty if there are none.
  ///
  /// It judges the differences that the comparison shows. A row without a value fails, too.
  func failures(in comparison: Comparison) -> [String] {
    guard let baseline = comparison.baseline else { return ["there is no baseline"] }
    guard baseline.measure(of: score) != nil else {
      return [
        "\(baseline.label), the baseline, has losses of several functions, which have no mean"
      ]
    }
    guard let wanted = baseline.statistics(score)?.mean else {
      return ["\(baseline.label), the baseline, \(baseline.lack(of: score))"]
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
      failure(of: row, called: name, baseline, comparison)?.singleLine
    }
  }

  /// The reason why `row` fails; nil if it does not.
  private func failure(
    of row: ComparisonRow, called name: String, _ baseline: ComparisonRow,
    _ comparison: Comparison
  ) -> String? {
    if let obstacle = row.obstacle(to: baseline, by: score) {
      return "\(name) cannot be judged by \(score.rawValue): \(obstacle)"
    }
    guard let statistics = row.statistics(score), let difference = row.differences[score] else {
      return "\(name) \(row.lack(of: score))"
    }
    guard statistics.mean.isFinite else {
      return "\(name) has a \(score.rawValue) of \(statistics.mean.description)"
    }
    if case .circumstances = comparison.options.grouping,
      let lack = row.lack(comparedWith: baseline)
    {
      return "\(name) cannot be judged by \(score.rawValue): \(lack)"
    }
    let loss = -difference.gain
    guard loss > margin + Self.rounding else { return nil }
    let part =
      row.counted.count < row.attempted
      ? ", \(row.counted.count) of \(row.attempted) runs completed" : ""
    return "\(name) is worse than \(baseline.label) in \(score.rawValue) by "
      + "\(loss.fixed(comparison.options.digits)) (\(difference.scope(comparison.pairName))\(part)), "
      + "more than the margin \(margin.description)"
  }

  /// The tolerance for rounding: 0.99 - 0.987 is more than 0.003.
  private static let rounding = 1e-12
}

extension ComparisonRow {
  /// The reason why there is no mean of `score`.
  fileprivate func lack(of score: ScoreName) -> String {
    self.scoreCount == 0
      ? "has no completed run with \(score.rawValue)"
      : "has no \(score.rawValue): some run that counts has none"
  }

  /// The runs of `baseline` that have no completed counterpart, of the same spec and seed, here; nil if all have one.
  fileprivate func lack(comparedWith baseline: ComparisonRow) -> String? {
    let own = Set(self.counted.map { [$0.specHash, "\($0.repetition)"] })
    let missing = baseline.counted.filter { !own.contains([$0.specHash, "\($0.repetition)"]) }
    guard let first = missing.first else { return nil }
    return
      "\(missing.count) of \(baseline.counted.count) runs of \(baseline.label) have no completed counterpart, "
      + "such as \(first.repetition) of \(first.name)"
  }
}

extension Comparison {
  /// The failures of rows at the gates, a line each; empty if there are none.
  package var gateFailures: [String] { options.gates.flatMap { $0.failures(in: self) } }
}
