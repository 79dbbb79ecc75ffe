import Synchronization

/// The specs of the runs of a catalog, read all at once when the first is asked for.
final class RunSpecs: Sendable {
  private let runs: [RunRecord]
  private let index: RunIndex?
  private let found = Mutex<Found?>(nil)

  private struct Found {
    var values: [String: SpecValues] = [:]
    var problems: [RunProblem] = []
  }

  /// The specs of `runs`, oldest first.
  init(of runs: [RunRecord], index: RunIndex?) { (self.runs, self.index) = (runs, index) }

  /// The values of the spec of `run`; nil if they cannot be read.
  func values(of run: RunRecord) -> SpecValues? {
    found.withLock { found in
      if found == nil { found = read() }
      return found?.values[run.specHash]
    }
  }

  /// Why specs cannot be read, as far as their values were asked for.
  var problems: [RunProblem] { found.withLock { $0?.problems ?? [] } }

  /// Of runs of one spec, the latest one that can be read speaks for all.
  private func read() -> Found {
    var found = Found()
    let specs = index?.readSpecs()
    let reader = SpecValuesReader(index: specs)
    // Of each spec the places of its runs, the latest one last.
    var waiting: [String: [Int]] = [:]
    for place in runs.indices { waiting[runs[place].specHash, default: []].append(place) }
    while !waiting.isEmpty {
      let tried = waiting.values.compactMap(\.last).map { runs[$0].folder }
      let outcomes = tried.concurrentMap { folder in
        do {
          return Result<SpecValues, RunProblem>.success(
            try reader.values(path: folder.path(of: .resolved)))
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
    specs?.save()
    found.problems.sort { $0.path < $1.path }
    return found
  }
}
