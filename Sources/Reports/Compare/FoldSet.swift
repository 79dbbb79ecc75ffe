import Metrics
import Records

/// The folds of one spec and seed, which make one score together.
package struct FoldSet: Sendable {
  /// The seed that all runs have.
  package let seed: Int
  /// The completed runs that count, by rising fold.
  package let runs: [RunRecord]
  /// The number of folds that there are.
  package let count: Int
  /// The numbers of the folds without a completed run.
  package let missing: [Int]
  /// Why the predictions of the folds cannot be read; nil if they can, or were not asked for.
  let problem: RunProblem?
  /// The images of which each fold has others.
  let foldedPart: ScoreName.Part?
  /// The scores of the predictions of all folds on those images.
  private let pooled: Scores?

  /// True if all folds count.
  package var isComplete: Bool { missing.isEmpty }

  /// True if the recorded predictions are for images that each fold has others of: those on the final part are recorded.
  var recordsFoldedPart: Bool { foldedPart != nil && foldedPart == runs.first?.data.finalPart }

  /// True if `score` cannot be of all folds' predictions together, since it comes from probabilities that runs do not
  /// record: then it is the mean over the folds.
  func lacksPredictions(for score: ScoreName) -> Bool {
    score.metric.needsProbabilities && score.part == foldedPart && !recordsFoldedPart
  }

  /// The set of `fold`, one of its folds, with the completed `runs`. With `readsPredictions`, metrics that come from
  /// probabilities are pooled, too.
  init(seed: Int, of fold: Manifest.Fold, _ runs: [RunRecord], readsPredictions: Bool = false) {
    self.seed = seed
    self.runs = runs.sorted { $0.repetition < $1.repetition }
    count = fold.count
    let present = Set(runs.compactMap { $0.fold?.index })
    missing = (0..<fold.count).filter { !present.contains($0) }
    foldedPart = runs.first?.foldedPart.map { $0 == .test ? .test : .validation }
    guard missing.isEmpty, let part = foldedPart else {
      pooled = nil
      problem = nil
      return
    }
    let scores = runs.compactMap { $0.results?.scores(on: part) }
    let isRecorded = part == runs.first?.data.finalPart
    do throws(RunProblem) {
      let predictions = readsPredictions && isRecorded ? try self.runs.pooledPredictions() : nil
      pooled = Scores(pooling: scores, probabilities: predictions?.labelled)
      problem = nil
    } catch {
      pooled = Scores(pooling: scores)
      problem = error
    }
  }

  /// What `value` finds in the scores on `part`: in those of the pooled predictions, where each fold has images of its
  /// own, else, and of probabilities that runs do not record, the mean over the folds' runs. Nil if folds are missing, or
  /// it finds nothing.
  func value(on part: ScoreName.Part, _ value: (Scores) -> Double?) -> Double? {
    guard isComplete else { return nil }
    if part == foldedPart {
      let found = pooled.flatMap(value)
      if found != nil || recordsFoldedPart { return found }
    }
    let values = runs.compactMap { $0.results?.scores(on: part).flatMap(value) }
    return values.count == count ? SampleStatistics(values)?.mean : nil
  }
}

extension [RunRecord] {
  /// The folds of each seed among these runs of one spec, by rising seed; empty where there are none. With
  /// `readsPredictions`, metrics of probabilities are known, too.
  func foldSets(readsPredictions: Bool = false) -> [FoldSet] {
    Dictionary(grouping: filter { $0.fold != nil }, by: \.seed)
      .sorted { $0.key < $1.key }.compactMap { seed, runs in
        runs[0].fold.map { fold in
          FoldSet(
            seed: seed, of: fold, runs.filter { $0.results != nil },
            readsPredictions: readsPredictions)
        }
      }
  }
}
