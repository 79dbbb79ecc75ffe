import Metrics
import Runs

/// The runs that a line of a comparison is about: those of one spec, unless asked otherwise.
public struct ComparisonRow: Sendable {
  /// The experiment's name in the latest run; of a group, its value.
  public let name: String
  /// The name, with what differs where another row has the same name.
  public internal(set) var label: String
  /// What all runs of the row share, beside the images: the spec's hash, or the value they are grouped by.
  let group: String
  /// All runs, oldest first.
  private let runs: [RunRecord]
  /// The latest completed run of each spec and seed that has one: those that count.
  public let counted: [RunRecord]
  /// The latest run of each spec and seed where that one is not completed.
  public let unfinished: [RunRecord]
  /// Runs that a later one of their spec and seed replaces.
  public let superseded: [RunRecord]
  /// How many specs and seeds have a run, whatever came of it.
  public let attempted: Int
  /// The hashes of the specs, in the order of their first runs.
  public let specHashes: [String]
  /// Other names that runs of this row have.
  let otherNames: [String]

  /// Whether it is the best by validation among the rows with the same data.
  public internal(set) var isBest = false
  /// Whether it is what the others are compared with.
  public internal(set) var isBaseline = false
  /// How far each score is from the baseline's, where they can be compared.
  public internal(set) var differences: [ScoreName: BaselineDifference] = [:]
  /// The class that the line is about, in a comparison of classes.
  var classIndex: Int?

  /// What runs of one row share: their spec, or whatever they are grouped by, and the images
  /// themselves, which may change under a path.
  struct Identity: Hashable {
    let group: String
    let data: Manifest.DataSummary
  }

  /// The row of `runs`, oldest first, which share `identity`. Its name is the latest run's, unless given.
  init(_ identity: Identity, runs: [RunRecord], name: String? = nil) {
    guard let latest = runs.last else { preconditionFailure("a row needs runs") }
    self.runs = runs
    group = identity.group
    self.name = name ?? latest.name
    label = self.name
    otherNames = name == nil ? Set(runs.map(\.name)).subtracting([latest.name]).sorted() : []
    var (slots, slotOf) = ([[RunRecord]](), [Repetition: Int]())
    for run in runs {
      let repetition = Repetition(specHash: run.specHash, seed: run.seed)
      if let slot = slotOf[repetition] {
        slots[slot].append(run)
      } else {
        slotOf[repetition] = slots.count
        slots.append([run])
      }
    }
    var known = Set<String>()
    specHashes = slots.map { $0[0].specHash }.filter { known.insert($0).inserted }
    slots.sort { ($0[0].seed, $0[0].specHash) < ($1[0].seed, $1[0].specHash) }
    attempted = slots.count
    counted = slots.compactMap { $0.last { $0.status == .completed } }
    unfinished = slots.compactMap(\.last).filter { $0.status != .completed }
    let current = Set((counted + unfinished).map(\.folder))
    superseded =
      counted.count + unfinished.count == runs.count
      ? [] : runs.filter { !current.contains($0.folder) }
  }

  private struct Repetition: Hashable {
    let specHash: String
    let seed: Int
  }

  /// The latest run, whatever came of it.
  var latest: RunRecord { runs[runs.count - 1] }

  /// The images; scores on different images cannot be compared.
  public var data: Manifest.DataSummary { latest.data }

  /// Tells this row from all others.
  var identity: Identity { Identity(group: group, data: data) }

  /// The hash of the only spec; of groups, that of the first.
  public var specHash: String { specHashes[0] }

  /// Seeds with a run, whatever came of it, in rising order.
  public var seeds: [Int] { Set((counted + unfinished).map(\.seed)).sorted() }

  /// Mean and spread of a score over the runs that count; nil where none has it.
  public func statistics(_ score: ScoreName) -> SampleStatistics? {
    SampleStatistics(counted.compactMap { $0.results?.value(of: score) })
  }

  /// Mean and spread of what `value` finds in the results of the runs that count; nil where it finds nothing.
  public func statistics(_ value: (Results) -> Double?) -> SampleStatistics? {
    SampleStatistics(counted.compactMap { $0.results.flatMap(value) })
  }

  /// Whether the row has as many completed runs as were attempted.
  var isComplete: Bool { counted.count == attempted }
}
