import Documents
import Files
import Synchronization

/// The values of the experiments in a catalog, read all at once when the first is asked for.
final class ExperimentValues: Sendable {
  private let runs: [RunRecord]
  private let index: RunIndex?
  private let found = Mutex<Found?>(nil)

  private struct Found {
    var values: [String: RunValues] = [:]
    var problems: [RunProblem] = []
  }

  /// The values of `runs`, oldest first.
  init(of runs: [RunRecord], index: RunIndex?) {
    self.runs = runs
    self.index = index
  }

  /// The values of the experiment that `run` is of; nil if they cannot be read.
  func values(of run: RunRecord) -> RunValues? {
    found.withLock { found in
      if found == nil { found = read() }
      return found?.values[run.specHash]
    }
  }

  /// The reasons why values cannot be read, as far as they were asked for.
  var problems: [RunProblem] { found.withLock { $0?.problems ?? [] } }

  /// Of the runs of an experiment, the latest one that can be read speaks for all.
  private func read() -> Found {
    var found = Found()
    let index = index?.readValues()
    let sections = SharedValues<RunValues.Section>()
    // For each experiment the places of its runs, the latest one last.
    var waiting: [String: [Int]] = [:]
    for place in runs.indices { waiting[runs[place].specHash, default: []].append(place) }
    while !waiting.isEmpty {
      let tried = waiting.values.compactMap(\.last).map { runs[$0].folder }
      let outcomes = tried.concurrentMap { folder in
        do {
          return Result<RunValues, RunProblem>.success(
            try folder.read(.values, with: index) { try RunValues(json: $0, sharing: sections) })
        } catch {
          return .failure(RunProblem(folder: folder, error))
        }
      }
      for (hash, outcome) in zip(Array(waiting.keys), outcomes) {
        switch outcome {
        case .success(let values):
          found.values[hash] = values
          waiting[hash] = nil
        case .failure(let problem):
          found.problems.append(problem)
          waiting[hash]?.removeLast()
          if waiting[hash]?.isEmpty == true { waiting[hash] = nil }
        }
      }
    }
    index?.save()
    found.problems.sort { $0.path < $1.path }
    return found
  }
}
