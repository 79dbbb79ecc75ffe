import Metrics
import Records

/// How far two runs trained alike.
struct HistoryDiff: Hashable, Sendable {
  /// Two values that are not the same.
  struct Difference: Hashable, Sendable {
    let epoch: Int
    let column: String
    /// Nil where there is none.
    let first, second: Double?
  }

  /// Epochs of the first run.
  let firstCount: Int
  /// Epochs of the second run.
  let secondCount: Int
  /// In the first epoch that differs the first column that does; nil if all epochs that both have are the
  /// same. How long they took does not count.
  let firstDifference: Difference?

  /// Compares the epochs that both have.
  init(_ first: History, _ second: History) {
    (firstCount, secondCount) = (first.records.count, second.records.count)
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

  /// Whether both runs have the same epochs.
  var isIdentical: Bool { firstDifference == nil && firstCount == secondCount }

  private static func isSame(_ first: Double?, _ second: Double?) -> Bool {
    first == second || first?.isNaN == true && second?.isNaN == true
  }
}
