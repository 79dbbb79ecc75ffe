import Records

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
  /// The latest completed run of each spec and seed that has one: those that count.
  package let counted: [RunRecord]
  /// The latest run of each spec and seed where that one is not completed.
  package let unfinished: [RunRecord]
  /// Runs that a later one of their spec and seed replaces.
  package let superseded: [RunRecord]
  /// The number of pairs of spec and seed that have a run, completed or not.
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
  init(_ identity: Identity, runs: [RunRecord], name: String?) {
    guard let latest = runs.last else { preconditionFailure("a row needs runs") }
    all = runs
    self.identity = identity
    self.name = name ?? latest.name
    otherNames = name == nil ? Set(runs.map(\.name)).subtracting([latest.name]).sorted() : []
    var (slots, slotOf) = ([[RunRecord]](), [Repetition: Int]())
    for run in runs {
      let repetition = Repetition(specHash: run.content.specHash, seed: run.content.seed)
      if let slot = slotOf[repetition] {
        slots[slot].append(run)
      } else {
        slotOf[repetition] = slots.count
        slots.append([run])
      }
    }
    var known = Set<String>()
    specHashes = slots.map { $0[0].content.specHash }.filter { known.insert($0).inserted }
    slots.sort {
      ($0[0].content.seed, $0[0].content.specHash) < ($1[0].content.seed, $1[0].content.specHash)
    }
    attempted = slots.count
    counted = slots.compactMap { $0.last { $0.content.status == .completed } }
    unfinished = slots.compactMap(\.last).filter { $0.content.status != .completed }
    let current = counted + unfinished
    if current.count == runs.count {
      superseded = []
    } else {
      let folders = Set(current.map(\.folder))
      superseded = runs.filter { !folders.contains($0.folder) }
    }
  }

  private struct Repetition: Hashable {
    let specHash: String
    let seed: Int
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
