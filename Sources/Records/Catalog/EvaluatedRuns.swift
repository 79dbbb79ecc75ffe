import Files

/// A completed run as it was scored on other images.
struct EvaluatedRun: Sendable {
  /// Its record, with the evaluation's scores in place of those on its test images.
  let record: RunRecord
  let network: ScoredNetwork
  /// The ensemble in which it was scored; nil if there is none.
  let ensemble: Result<EnsembleRecord?, RunProblem>

  /// The `run` as the evaluation `name` in its folder has scored it.
  fileprivate init(_ run: RunRecord, _ evaluation: EvaluationFolder, _ name: String) {
    record = run.scored(by: evaluation.record)
    network = ScoredNetwork(run.name, run.folder, evaluation.record)
    ensemble = Result { try evaluation.ensemble() }
      .mapError { RunProblem(evaluation: name, of: run.folder, $0) }
  }

  fileprivate var images: Manifest.Contents? { record.data.contents(of: .test) }

  /// What makes it a member of an ensemble. Labels are none of it, since they number the classes in the order of each.
  fileprivate struct Membership: Hashable {
    let network: ScoredNetwork.Identity
    let pixels: String?
  }

  fileprivate var membership: Membership {
    Membership(network: network.identity, pixels: images?.pixels)
  }
}

extension RunRecord {
  /// The state of the evaluation `name`; nil if the run has not completed, or has none of that name.
  fileprivate func evaluated(on name: String) -> EvaluationState<EvaluatedRun>? {
    guard self.results != nil else { return nil }
    return self.folder.state(ofEvaluation: name, classNames: self.data.classNames)?
      .map { EvaluatedRun(self, $0, name) }
  }
}

/// The runs of a catalog that have been evaluated on the same other images.
package struct EvaluatedRuns: Sendable {
  /// The completed runs that have the evaluation, with its scores in place of those on their test images; besides the
  /// problems of the catalog, those of reading the evaluation.
  package let catalog: RunCatalog
  /// The ensembles in which they were scored, each once.
  package let ensembles: [EnsembleRecord]
  /// Ensembles that cannot be read, though the scores of their members count.
  package let ensembleProblems: [RunProblem]
  /// The number of ensembles of which a member has other weights, images or predictions by now, or none.
  package let staleEnsembleCount: Int
  /// The number of other ensembles of which a member is left out for its images.
  package let ensemblesOnOtherImagesCount: Int
  /// The runs whose evaluation scored other weights than they have now, by their folders.
  package let outdated: [String]
  /// The runs that were scored on other images than most of the same experiment, by their folders.
  package let onOtherImages: [String]
  /// The number of runs that have not completed, or have no such evaluation.
  package let unevaluatedCount: Int
  /// True if no completed run has the evaluation, not even an outdated or damaged one.
  package let isEmpty: Bool
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
    var (found, damaged, outdated) = ([EvaluatedRun](), [RunProblem](), [String]())
    var unevaluatedCount = 0
    for (run, state) in zip(runs, runs.concurrentMap { $0.evaluated(on: name) }) {
      switch state {
      case .current(let scored): found.append(scored)
      case .outdated: outdated.append(run.folder.path)
      case nil: unevaluatedCount += 1
      case .damaged(let problem): damaged.append(problem)
      }
    }
    var (known, ensembleProblems) = (Set<EnsembleRecord>(), [RunProblem]())
    let ensembles = found.compactMap { scored -> EnsembleRecord? in
      switch scored.ensemble {
      case .success(let ensemble): return ensemble.flatMap { known.insert($0).inserted ? $0 : nil }
      case .failure(let problem):
        ensembleProblems.append(problem)
        return nil
      }
    }
    let usual = usualImages(of: found)
    let counted = found.filter { $0.images == usual[$0.record.specHash] }
    let others = found.filter { $0.images != usual[$0.record.specHash] }
    let names = Set(runs.map { ScoredNetwork.name(of: $0.folder, $0.name) })
    // Of runs that are not among these, nothing is known.
    func ofMembers(among runs: [EvaluatedRun], _ ensembles: [EnsembleRecord]) -> [EnsembleRecord] {
      let scored = Set(runs.map(\.membership))
      return ensembles.filter { ensemble in
        ensemble.members.allSatisfy { network in
          scored.contains(.init(network: network.identity, pixels: ensemble.images.pixels))
            || !names.contains(network.run)
        }
      }
    }
    let lasting = ofMembers(among: found, ensembles)
    let shown = ofMembers(among: counted, lasting)
    var catalog = RunCatalog(runs: counted.map(\.record), problems: problems + damaged)
    catalog.strays = strays
    return EvaluatedRuns(
      catalog: catalog, ensembles: shown, ensembleProblems: ensembleProblems,
      staleEnsembleCount: ensembles.count - lasting.count,
      ensemblesOnOtherImagesCount: lasting.count - shown.count, outdated: outdated,
      onOtherImages: others.map(\.record.folder.path), unevaluatedCount: unevaluatedCount,
      isEmpty: found.isEmpty && damaged.isEmpty && outdated.isEmpty)
  }

  /// The images that most of the `scored` runs of each experiment were scored on, the latest for each seed and fold; of as many,
  /// those of the latest.
  private func usualImages(of scored: [EvaluatedRun]) -> [String: Manifest.Contents?] {
    Dictionary(grouping: scored, by: \.record.specHash).mapValues { runs in
      let latest = Dictionary(runs.map { ($0.record.repetition, $0.images) }) { _, later in later }
      let counts = Dictionary(latest.values.map { ($0, 1) }, uniquingKeysWith: +)
      let most = counts.values.max()
      return runs.reversed().lazy.map(\.images).first { counts[$0] == most } ?? nil
    }
  }
}
