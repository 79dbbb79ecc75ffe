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
    let specs = index?.specs
    let reader = SpecValuesReader(index: specs)
    var waiting = Dictionary(grouping: runs.reversed(), by: \.specHash).mapValues { $0[...] }
    while !waiting.isEmpty {
      let tried = waiting.values.compactMap(\.first)
      let outcomes = tried.concurrentMap { run in
        do {
          return Result<SpecValues, RunProblem>.success(
            try reader.values(path: run.folder.path(of: .resolved)))
        } catch {
          return .failure(RunProblem(folder: run.folder, error))
        }
      }
      for (run, outcome) in zip(tried, outcomes) {
        switch outcome {
        case .success(let values):
          found.values[run.specHash] = values
          waiting[run.specHash] = nil
        case .failure(let problem):
          found.problems.append(problem)
          let others = waiting[run.specHash]?.dropFirst() ?? []
          waiting[run.specHash] = others.isEmpty ? nil : others
        }
      }
    }
    specs?.save()
    found.problems.sort { $0.path < $1.path }
    return found
  }
}
