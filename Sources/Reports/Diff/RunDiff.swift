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
  /// The reason why losses cannot be compared: they are values of different functions; nil if they are of one.
  let lossDifference: String?
  /// Nil where a history cannot be read.
  let history: HistoryDiff?
  /// The classes' scores on the final part's images, the largest change first; nil without results, and where these images are
  /// not the same.
  let classes: [ClassDiff]?
  /// Nil where predictions cannot be read, or the images are not the same.
  let predictions: PredictionDiff?

  /// Compares two runs.
  package init(_ first: Side, _ second: Side) {
    self.first = first
    self.second = second
    spec = first.values.flatMap { values in second.values.map { Self.differences(values, $0) } }
    labels = ValueDiff.list(
      first.manifest.labels(of: first.record), second.manifest.labels(of: second.record))
    environment = ValueDiff.list(first.environment, second.environment)
    data = ValueDiff.list(first.data, second.data)
    lossDifference = Self.lossDifference(first, second)
    history = first.history.flatMap { history in second.history.map { HistoryDiff(history, $0) } }
    let (mine, others) = (first.record.data, second.record.data)
    guard mine.finalPart == others.finalPart, mine.hasSameImages(as: others, for: mine.finalPart)
    else {
      classes = nil
      predictions = nil
      return
    }
    classes = first.record.results?.final.flatMap { scores in
      second.record.results?.final.map {
        ClassDiff.list(scores, $0, names: mine.classNames)
      }
    }
    predictions = first.predictions.flatMap { table in
      second.predictions.flatMap { PredictionDiff(table, $0) }
    }
  }

  private static func differences(_ first: RunValues, _ second: RunValues) -> [ValueDiff] {
    let table = ValueTable([("A", first), ("B", second)])
    return table.differences(between: ["A", "B"]).map { difference in
      ValueDiff(
        key: difference.address, first: table.value(at: difference.address, in: "A"),
        second: table.value(at: difference.address, in: "B"), isDetail: difference.isDetail)
    }
  }

  private static func lossDifference(_ first: Side, _ second: Side) -> String? {
    let isKnown = first.values != nil && second.values != nil
    guard isKnown || first.record.specHash != second.record.specHash else { return nil }
    let sides = [("A", first), ("B", second)]
    let table = ValueTable(sides.compactMap { name, side in side.values.map { (name, $0) } })
    let losses = sides.map { name, side in
      ReportedLoss(of: name, parameterCount: side.record.parameterCount, in: table)
    }
    return losses[1].difference(from: losses[0])
  }

  /// True if the difference of `score` between the runs means something.
  func canCompare(_ score: ScoreName) -> Bool {
    hasSameImages(for: score.part) && (score.metric != .loss || lossDifference == nil)
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
