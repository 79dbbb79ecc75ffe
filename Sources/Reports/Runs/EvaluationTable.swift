import Metrics
import Records
import TextLayout

/// The scores of several runs on the same other images, side by side.
///
/// Their losses may be values of different functions, so that the table has the cross-entropy of each run's
/// probabilities instead.
package struct EvaluationTable: Sendable {
  /// A run's scores.
  package struct Row: Sendable {
    let run: String
    let scores: Scores
    let crossEntropy: Double
    /// The test against the first run; nil for this one.
    let test: McNemarTest?

    /// The scores of the run in the folder `run`.
    package init(run: String, scores: Scores, crossEntropy: Double, test: McNemarTest?) {
      self.run = run
      self.scores = scores
      self.crossEntropy = crossEntropy
      self.test = test
    }
  }

  private let rows: [Row]

  /// A table of `rows`.
  package init(_ rows: [Row]) { self.rows = rows }

  /// The table, at most `width` wide if that can be done.
  package func text(width: Int?) -> String {
    let cells = rows.map { row in
      [
        row.run, row.scores.accuracy.fixed(4), row.scores.f1Macro.fixed(4),
        row.crossEntropy.fixed(4), row.test.map { String($0.onlySecond) } ?? "",
        row.test.map { String($0.onlyFirst) } ?? "", row.test?.pValue.asProbability() ?? "",
      ]
    }
    return TextTable(
      [
        .init("run", keepsEnd: true), .init("accuracy", .right), .init("f1_macro", .right),
        .init("cross_entropy", .right, rank: 2), .init("only this right", .right, rank: 3),
        .init("only the first right", .right, rank: 4), .init("McNemar's p", .right, rank: 1),
      ], rows: cells
    ).text(width: width)
  }
}
