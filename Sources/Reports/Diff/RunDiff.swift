import Documents
import Metrics
import Records

/// A comparison of two runs: specs, environment, data, training, scores and predictions.
package struct RunDiff: Sendable {
  /// The run called A.
  let first: Side
  /// The run called B.
  let second: Side
  /// The values in force that differ; nil where some cannot be read.
  let spec: [ValueDiff]?
  /// The differences in tag and note.
  let labels: [ValueDiff]
  /// The differences in machine and programs.
  let environment: [ValueDiff]
  /// The differences in the images.
  let data: [ValueDiff]
  /// Nil where a history cannot be read.
  let history: HistoryDiff?
  /// The classes' scores on the test images, the largest change first; nil without results, and where the runs
  /// have other classes.
  let classes: [ClassDiff]?
  /// Nil where predictions cannot be read, or the test images are not the same.
  let predictions: PredictionDiff?

  /// Compares two runs.
  package init(_ first: Side, _ second: Side) {
    self.first = first
    self.second = second
    spec = first.values.flatMap { values in second.values.map { Self.differences(values, $0) } }
    labels = ValueDiff.list(first.manifest.labels, second.manifest.labels)
    environment = ValueDiff.list(first.environment, second.environment)
    data = ValueDiff.list(first.data, second.data)
    history = first.history.flatMap { history in second.history.map { HistoryDiff(history, $0) } }
    let names = first.record.data.classNames
    if let mine = first.record.results, let theirs = second.record.results,
      names == second.record.data.classNames
    {
      classes = ClassDiff.list(mine.test, theirs.test, names: names)
    } else {
      classes = nil
    }
    predictions =
      first.record.data.hasSameImages(as: second.record.data, for: .test)
      ? first.predictions.flatMap { table in
        second.predictions.flatMap { PredictionDiff(table, $0) }
      } : nil
  }

  private static func differences(_ first: RunValues, _ second: RunValues) -> [ValueDiff] {
    let table = ValueTable([("A", first), ("B", second)])
    return table.differences(between: ["A", "B"]).map { difference in
      ValueDiff(
        key: difference.address, first: table.value(at: difference.address, in: "A"),
        second: table.value(at: difference.address, in: "B"), isDetail: difference.isDetail)
    }
  }

  /// True if both runs' scores on `part` are of the same images.
  func hasSameImages(for part: ScoreName.Part) -> Bool {
    first.record.data.hasSameImages(as: second.record.data, for: part)
  }

  /// The values of `score`; nil where a run has none.
  func values(of score: ScoreName) -> (first: Double?, second: Double?) {
    (first.record.results?.value(of: score), second.record.results?.value(of: score))
  }

  /// True if training and its results are the same to the last bit, as far as a run records them.
  var isIdentical: Bool {
    guard let history, let predictions else { return false }
    return history.isIdentical && predictions.isIdentical
      && ScoreName.allCases.allSatisfy { score in
        let (first, second) = values(of: score)
        return first == second
      }
  }
}
