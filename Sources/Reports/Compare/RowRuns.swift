import Metrics
import Records

/// The ways in which the folds of a seed are taken together.
enum FoldPooling {
  /// Not at all: each run counts by itself.
  case none
  /// By the counts of their predictions.
  case counts
  /// By these and by all probabilities, which are read from the runs' folders.
  case probabilities
}

/// The runs that a row of a comparison is about, and which of them count.
///
/// It never changes. That it is a class lets rows be sorted and grouped at little cost.
package final class RowRuns: Sendable {
  /// The experiment's name in the latest run; of a group, its value.
  package let name: String
  /// The properties that all runs of the row share.
  let identity: Identity
  /// All runs, oldest first.
  let all: [RunRecord]
  /// The latest completed run of each spec, seed and fold that has one: those that count.
  package let counted: [RunRecord]
  /// The latest run of each spec, seed and fold where that one is not completed.
  package let unfinished: [RunRecord]
  /// The folds of each spec and seed that has some; empty where each run is a row of its own.
  package let foldSets: [FoldSet]
  /// Those that count and have no folds.
  private let wholeRuns: [RunRecord]
  /// Runs that a later one of their spec, seed and fold replaces.
  package let superseded: [RunRecord]
  /// The number of pairs of spec and seed that have a run, completed or not; of those with folds, of all their folds.
  package let attempted: Int
  /// The hashes of the specs, in the order of their first runs.
  package let specHashes: [String]
  /// Other names that runs of this row have.
  let otherNames: [String]

  /// The property that all runs of a row have: their experiment; or the value that they are grouped by, and the
  /// images that their scores are of.
  struct Identity: Hashable {
    /// The spec's hash, or the value they are grouped by.
    let group: String
    /// Those of validation and test; empty for an experiment, which says them itself.
    let images: [Manifest.DataSummary.Images]
  }

  /// The row of `runs`, oldest first, which share `identity`. Its name is the latest run's, unless given.
  init(_ identity: Identity, runs: [RunRecord], name: String?, pooling: FoldPooling = .counts) {
    guard let latest = runs.last else { preconditionFailure("a row needs runs") }
    all = runs
    self.identity = identity
    self.name = name ?? latest.name
    otherNames = name == nil ? Set(runs.map(\.name)).subtracting([latest.name]).sorted() : []
    var (slots, slotOf) = ([[RunRecord]](), [RunSlot: Int]())
    for run in runs {
      let key = RunSlot(run)
      if let slot = slotOf[key] {
        slots[slot].append(run)
      } else {
        slotOf[key] = slots.count
        slots.append([run])
      }
    }
    var known = Set<String>()
    specHashes = slots.map { $0[0].content.specHash }.filter { known.insert($0).inserted }
    slots.sort {
      ($0[0].content.repetition, $0[0].content.specHash)
        < ($1[0].content.repetition, $1[0].content.specHash)
    }
    counted = slots.compactMap { $0.last { $0.content.status == .completed } }
    unfinished = slots.compactMap(\.last).filter { $0.content.status != .completed }
    foldSets =
      pooling == .none ? [] : runs.foldSets(readsPredictions: pooling == .probabilities)
    wholeRuns = foldSets.isEmpty ? counted : counted.filter { $0.content.fold == nil }
    let folded = slots.count { $0[0].content.fold != nil }
    attempted =
      foldSets.isEmpty
      ? slots.count : slots.count - folded + foldSets.reduce(0) { $0 + $1.count }
    let current = counted + unfinished
    if current.count == runs.count {
      superseded = []
    } else {
      let folders = Set(current.map(\.folder))
      superseded = runs.filter { !folders.contains($0.folder) }
    }
  }

  /// The runs whose scores count: those of whole sets of folds, and all without folds.
  var scored: [RunRecord] {
    foldSets.isEmpty ? counted : wholeRuns + foldSets.filter(\.isComplete).flatMap(\.runs)
  }

  /// The runs that count, in groups whose predictions are for the same images: each run by itself or, where each fold has
  /// images of its own, the folds of a seed that has all.
  var networks: [[RunRecord]] {
    wholeRuns.map { [$0] }
      + foldSets.filter(\.isComplete).flatMap { set in
        set.recordsFoldedPart ? [set.runs] : set.runs.map { [$0] }
      }
  }

  /// The number of scores that means are over: one for each run or, where there are folds, each seed that has all.
  package var scoreCount: Int { wholeRuns.count + foldSets.count(where: \.isComplete) }

  /// The numbers that `value` finds in the scores on `part`: one for each run or, where there are folds, each seed that
  /// has all of them.
  func values(on part: ScoreName.Part, _ value: (Scores) -> Double?) -> [Double] {
    wholeRuns.compactMap { $0.content.results?.scores(on: part).flatMap(value) }
      + foldSets.compactMap { $0.value(on: part, value) }
  }

  /// The scores on `part` that those of the row are means of, of folds of all predictions together where each has images
  /// of its own.
  func scores(on part: ScoreName.Part) -> [Scores] {
    wholeRuns.compactMap { $0.content.results?.scores(on: part) }
      + foldSets.flatMap { $0.scores(on: part) }
  }

  /// The images that scores on `part` are of; where there are folds, those of each.
  func images(of part: ScoreName.Part) -> Set<Manifest.DataSummary.Images> {
    let folds = foldSets.isEmpty ? [] : scored
    return Set((folds.isEmpty ? [latest] : folds).map { $0.data.images(of: part) })
  }

  /// The latest run, completed or not.
  var latest: RunRecord { all[all.count - 1] }

  /// The images; `hasSameImages` tells which scores can be compared.
  package var data: Manifest.DataSummary { latest.data }

  /// The hash of the only spec; of groups, that of the first.
  package var specHash: String { specHashes[0] }

  /// Seeds with a run, completed or not, in rising order.
  package var seeds: [Int] { Set((counted + unfinished).map(\.seed)).sorted() }

  /// The number of completed runs out of those attempted: `5/5`, or `4/5!` if some are not completed.
  var completion: String {
    "\(counted.count)/\(attempted)" + (counted.count == attempted ? "" : "!")
  }
}
