import Files
import Records

/// The values of the circumstance by which rows are grouped, for each run.
struct CircumstanceValues {
  private var values: [RunFolder: String] = [:]
  /// The runs whose value cannot be read.
  private(set) var problems: [RunProblem] = []

  /// The values in `runs`; none, and nothing is read, if `grouping` is by something else.
  init(of runs: [RunRecord], _ grouping: ComparisonOptions.Grouping) {
    guard case .circumstances(let circumstance) = grouping else { return }
    let found = runs.concurrentMap { run in
      // The one circumstance that records have.
      circumstance == .tag
        ? .success(run.tag) : Result { try circumstance.value(in: run.folder.manifest()) }
    }
    for (run, value) in zip(runs, found) {
      do {
        values[run.folder] = try value.get().map(circumstance.label)
      } catch {
        problems.append(RunProblem(path: run.folder.path, reason: "\(error)"))
      }
    }
  }

  /// The value in `run`; nil if it has none.
  func value(of run: RunRecord) -> String? { values[run.folder] }
}
