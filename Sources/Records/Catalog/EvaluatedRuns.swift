import Files

/// A completed run as it was scored on other images.
struct EvaluatedRun: Sendable {
  /// Its record, with the evaluation's scores in place of those on its test images.
  let record: RunRecord
  let network: ScoredNetwork
  /// The ensemble in which it was scored; nil if there is none.
  let ensemble: Result<EnsembleRecord?, any Error>

  fileprivate var images: Manifest.Contents? { record.data.contents(of: .test) }
}

/// The runs of a catalog that have been evaluated on the same other images.
package struct EvaluatedRuns: Sendable {
  /// The completed runs that have the evaluation, with its scores in place of those on their test images; besides the
  /// problems of the catalog, those of reading the evaluation.
  package let catalog: RunCatalog
  /// The ensembles in which they were scored, each once.
  package let ensembles: [EnsembleRecord]
  /// Ensembles of which a member has other weights, images or predictions by now, or none.
  package let staleEnsembleCount: Int
  /// The runs whose evaluation scored other weights than they have now, by their folders.
  package let outdated: [String]
  /// The runs that were scored on other images than most of the same experiment, by their folders.
  package let onOtherImages: [String]
  /// The number of runs that have not completed, or have no such evaluation.
  package let unevaluatedCount: Int

  /// True if no completed run has the evaluation, as far as they can be read.
  package var isEmpty: Bool {
    catalog.runs.isEmpty && catalog.problems.isEmpty && outdated.isEmpty
  }
}

extension RunCatalog {
  /// The names of the evaluations that completed runs have, sorted; where a run's cannot be listed, it has none here.
  package func evaluationNames() -> [String] {
    let names = runs.filter { $0.status == .completed }.concurrentMap { run in
      (try? run.folder.evaluationNames()) ?? []
    }
    return Set(names.joined()).sorted()
  }

  /// Those of its runs that have the evaluation `name`.
  package func evaluated(on name: String) -> EvaluatedRuns {
    let outcomes = runs.concurrentMap { run in
      Result { try run.evaluated(on: name) }.mapError { RunProblem(folder: run.folder, $0) }
    }
    var (found, problems, outdated) = ([EvaluatedRun](), problems, [String]())
    var unevaluatedCount = 0
    for (run, outcome) in zip(runs, outcomes) {
      switch outcome {
      case .success(.evaluated(let scored)): found.append(scored)
      case .success(.outdated): outdated.append(run.folder.path)
      case .success(.unevaluated): unevaluatedCount += 1
      case .failure(let problem): problems.append(problem)
      }
    }
    var known = Set<EnsembleRecord>()
    let ensembles = found.compactMap { scored -> EnsembleRecord? in
      switch scored.ensemble {
      case .success(let ensemble): return ensemble.flatMap { known.insert($0).inserted ? $0 : nil }
      case .failure(let error):
        let folder = scored.record.folder
        problems.append(
          RunProblem(
            path: "\(folder.path)/evaluations/\(name)",
            reason: RunProblem(folder: folder, error).reason))
        return nil
      }
    }
    let usual = usualImages(of: found)
    let others = found.filter { $0.images != usual[$0.record.specHash] }
    found.removeAll { $0.images != usual[$0.record.specHash] }
    let networks = Set(found.map(\.network))
    let names = Set(runs.map { ScoredNetwork.name(of: $0.folder, $0.name) })
    // Of runs that are not among these, nothing is known.
    let current = ensembles.filter { ensemble in
      ensemble.members.allSatisfy { networks.contains($0) || !names.contains($0.run) }
    }
    var catalog = RunCatalog(runs: found.map(\.record), problems: problems)
    catalog.strays = strays
    return EvaluatedRuns(
      catalog: catalog, ensembles: current, staleEnsembleCount: ensembles.count - current.count,
      outdated: outdated, onOtherImages: others.map(\.record.folder.path),
      unevaluatedCount: unevaluatedCount)
  }

  /// The images that most of the `scored` runs of each experiment were scored on, the latest for each seed; of as many,
  /// those of the latest.
  private func usualImages(of scored: [EvaluatedRun]) -> [String: Manifest.Contents?] {
    Dictionary(grouping: scored, by: \.record.specHash).mapValues { runs in
      let latest = Dictionary(runs.map { ($0.record.seed, $0.images) }) { _, later in later }
      let counts = Dictionary(latest.values.map { ($0, 1) }, uniquingKeysWith: +)
      let most = counts.values.max()
      return runs.reversed().lazy.map(\.images).first { counts[$0] == most } ?? nil
    }
  }
}
