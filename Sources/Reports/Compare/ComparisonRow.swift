import Metrics
import Runs

/// The runs of one spec.
public struct ComparisonRow: Sendable {
  /// The experiment's name in the latest run.
  public let name: String
  /// The spec's hash.
  public var specHash: String { identity.specHash }
  /// The images; scores on different images cannot be compared.
  var data: Manifest.DataSummary { identity.data }

  /// What runs of one row share: their spec, and the images themselves, which may change under a path.
  struct Identity: Hashable {
    let specHash: String
    let data: Manifest.DataSummary

    init(_ run: RunRecord) { (specHash, data) = (run.specHash, run.data) }
  }

  /// Tells this row from all others.
  let identity: Identity
  /// Trainable numbers.
  public let parameterCount: Int
  /// Seeds with a run, whatever came of it, in rising order.
  public let seeds: [Int]
  /// The latest completed run of each seed that has one: those that count.
  public let counted: [RunRecord]
  /// The latest run of each seed where that one is not completed.
  public let unfinished: [RunRecord]
  /// Runs that a later one of their seed replaces.
  public let superseded: [RunRecord]
  /// Other names that runs of this spec have.
  let otherNames: [String]
  /// The latest run, whatever came of it.
  let latest: RunRecord
  /// The name, with what differs where another spec has the same name.
  var label: String

  /// The row of `runs`, oldest first, all of one spec.
  init(runs: [RunRecord]) {
    guard let latest = runs.last else { preconditionFailure("a row needs runs") }
    self.latest = latest
    name = latest.name
    identity = Identity(latest)
    parameterCount = latest.parameterCount
    label = latest.name
    otherNames = Set(runs.map(\.name)).subtracting([latest.name]).sorted()
    let bySeed = Dictionary(grouping: runs, by: \.seed).sorted { $0.key < $1.key }
    seeds = bySeed.map(\.key)
    counted = bySeed.compactMap { $0.value.last { $0.status == .completed } }
    unfinished = bySeed.compactMap { $0.value.last }.filter { $0.status != .completed }
    let current = Set((counted + unfinished).map(\.folder))
    superseded = runs.filter { !current.contains($0.folder) }
  }

  /// Mean and spread of `column` over the runs that count.
  public func statistics(_ column: ComparisonColumn) -> SampleStatistics? {
    SampleStatistics(counted.compactMap(column.value))
  }

  /// The number by which rows are sorted; nil in columns of text, and where there is none.
  func sortKey(_ column: ComparisonColumn) -> Double? {
    switch column {
    case .experiment: nil
    case .runs: Double(counted.count)
    case .parameters: Double(parameterCount)
    default: statistics(column)?.mean
    }
  }
}
