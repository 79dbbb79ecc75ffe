import Files

/// The runs of a catalog that have been evaluated on the same other images.
package struct EvaluatedRuns: Sendable {
  /// The completed runs that have the evaluation, with its scores in place of those on their test images; besides the
  /// problems of the catalog, those of reading the evaluation.
  package let catalog: RunCatalog
  /// The ensembles in which they were scored, each once.
  package let ensembles: [EnsembleRecord]
  /// The runs whose evaluation scored other weights than they have now, by their folders.
  package let outdated: [String]
  /// The number of runs that have not completed, or have no such evaluation.
  package let unevaluatedCount: Int

  /// True if no completed run has the evaluation, as far as they can be read.
  package var isEmpty: Bool {
    catalog.runs.isEmpty && catalog.problems.isEmpty && outdated.isEmpty
  }
}

extension RunCatalog {
  /// Those of its runs that have the evaluation `name`.
  package func evaluated(on name: String) -> EvaluatedRuns {
    let outcomes = runs.concurrentMap { run in
      Result { try run.evaluated(on: name) }.mapError { RunProblem(folder: run.folder, $0) }
    }
    var (found, problems, outdated) = ([RunRecord](), problems, [String]())
    var (ensembles, known) = ([EnsembleRecord](), Set<EnsembleRecord>())
    for (run, outcome) in zip(runs, outcomes) {
      switch outcome {
      case .success(.evaluated(let record, let ensemble)):
        found.append(record)
        if let ensemble, known.insert(ensemble).inserted { ensembles.append(ensemble) }
      case .success(.outdated): outdated.append(run.folder.path)
      case .success(.unevaluated): break
      case .failure(let problem): problems.append(problem)
      }
    }
    var catalog = RunCatalog(runs: found, problems: problems)
    catalog.strays = strays
    let damaged = problems.count - self.problems.count
    return EvaluatedRuns(
      catalog: catalog, ensembles: ensembles, outdated: outdated,
      unevaluatedCount: runs.count - found.count - outdated.count - damaged)
  }
}
