import Metrics
import Records

/// A line of a comparison: the runs of one spec, unless asked otherwise, and how they do beside the others.
@dynamicMemberLookup
package struct ComparisonRow: Sendable {
  private let runs: RowRuns
  /// The name, followed by what differs if another row has the same name.
  package internal(set) var label: String
  /// The part of the label that distinguishes the row from others with the same values: its data or its hash; nil if
  /// there are none.
  var distinction: String?
  /// True if it is the best by validation among the rows with the same validation images.
  package internal(set) var isBest = false
  /// True if the other rows are compared with this one.
  package internal(set) var isBaseline = false
  /// The differences from the baseline, by score; only of scores that can be compared.
  package internal(set) var differences: [ScoreName: BaselineDifference] = [:]
  /// The functions that the losses of its counted runs are values of; empty where no losses are compared.
  var losses: Set<ReportedLoss> = []
  /// The experiments of its counted runs, where only rows of the same ones are ranked; nil where all are.
  var experiments: Set<String>?
  /// The class that the line is about, in a comparison of classes.
  var classIndex: Int?

  /// The row of `runs`, oldest first, which share `identity`. Its name is the latest run's, unless given.
  init(
    _ identity: RowRuns.Identity, runs: [RunRecord], name: String? = nil,
    pooling: FoldPooling = .counts
  ) {
    self.runs = RowRuns(identity, runs: runs, name: name, pooling: pooling)
    label = self.runs.name
  }

  /// The combination of a sweep's values, from the latest run that has one; nil if no run belongs to a sweep.
  var variant: String? { runs.all.reversed().lazy.compactMap(\.variant).first }

  /// A property of its runs.
  @inline(__always)
  package subscript<Value>(dynamicMember member: KeyPath<RowRuns, Value>) -> Value {
    runs[keyPath: member]
  }

  /// `RowRuns.images(of:)`
  func images(of part: ScoreName.Part) -> Set<Manifest.DataSummary.Images> { runs.images(of: part) }

  /// `RowRuns.values(on:_:)`
  func values(on part: ScoreName.Part, _ value: (Scores) -> Double?) -> [Double] {
    runs.values(on: part, value)
  }

  /// Mean and spread of a score over the runs that count or, where there are folds, over seeds; nil where none has it,
  /// where it is undefined for one of them, and for losses that are values of several functions.
  package func statistics(_ score: ScoreName) -> SampleStatistics? {
    guard score.metric != .loss || losses.count < 2 else { return nil }
    let values = runs.values(on: score.part) { score.metric.value(in: $0) }
    return values.count == runs.values(on: score.part) { $0.loss }.count
      ? SampleStatistics(values) : nil
  }

  /// Mean and spread over folds of a score of each fold by itself, which is the mean over the seeds that have all folds;
  /// nil where there are none, and where it is undefined in one.
  func statisticsByFold(_ score: ScoreName) -> SampleStatistics? {
    let sets = self.foldSets.filter(\.isComplete)
    guard let count = sets.first?.count, sets.allSatisfy({ $0.count == count }) else { return nil }
    let means = (0..<count).compactMap { fold -> Double? in
      let values = sets.compactMap { $0.runs[fold].results?.value(of: score) }
      return values.count == sets.count ? SampleStatistics(values)?.mean : nil
    }
    return means.count == count ? SampleStatistics(means) : nil
  }

  /// Mean and spread of what `value` finds in the results of the runs that count; nil where it finds nothing.
  package func statistics(_ value: (Results) -> Double?) -> SampleStatistics? {
    SampleStatistics(runs.counted.compactMap { $0.content.results.flatMap(value) })
  }
}
