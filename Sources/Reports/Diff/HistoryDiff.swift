import Metrics
import Records

/// A comparison of two runs' training histories.
struct HistoryDiff: Hashable, Sendable {
  /// Two values that are not the same.
  struct Difference: Hashable, Sendable {
    let epoch: Int
    let column: String
    /// Nil if the history has no value there.
    let first, second: Double?
  }

  /// Epochs of the first run.
  let firstCount: Int
  /// Epochs of the second run.
  let secondCount: Int
  /// The first column that differs in the first epoch that differs; nil if all common epochs are the same. Durations
  /// are ignored.
  let firstDifference: Difference?

  /// Compares the epochs that both have.
  init(_ first: History, _ second: History) {
    firstCount = first.records.count
    secondCount = second.records.count
    let columns = EpochRecord.columns.filter { $0 != "seconds" }
    for (mine, theirs) in zip(first.records, second.records) {
      for column in columns where !Self.isSame(mine[column], theirs[column]) {
        firstDifference = Difference(
          epoch: mine.epoch, column: column, first: mine[column], second: theirs[column])
        return
      }
    }
    firstDifference = nil
  }

  /// True if both runs have the same epochs with the same values.
  var isIdentical: Bool { firstDifference == nil && firstCount == secondCount }

  private static func isSame(_ first: Double?, _ second: Double?) -> Bool {
    first == second || first?.isNaN == true && second?.isNaN == true
  }
}
