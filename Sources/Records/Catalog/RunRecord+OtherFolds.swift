import Files

extension [RunRecord] {
  /// These runs and, of their seeds' folds that are not among them, the latest completed ones of the same experiment in the
  /// same folders, oldest first: all folds of a seed make one score together, whichever commands made them.
  ///
  /// Nothing is read where no fold is missing. What cannot be read is left out.
  package func withOtherFolds() -> [RunRecord] {
    let known = Set(map(Slot.init))
    let missing = Set(
      flatMap { run in
        (run.fold.map { 0..<$0.count } ?? 0..<0).map {
          Slot(specHash: run.specHash, repetition: Repetition(seed: run.seed, fold: $0))
        }
      }
    ).subtracting(known)
    guard !missing.isEmpty else { return self }
    let folders = Set(filter { $0.fold != nil }.map { Storage.parent(of: $0.folder.path) })
    let found = RunCatalog(paths: folders.sorted()).runs
      .filter { $0.status == .completed && missing.contains(Slot($0)) }
    let latest = Dictionary(found.map { (Slot($0), $0) }) { $1 }
    return RunCatalog(runs: self + latest.values).runs
  }
}

/// The place of a run among those of its experiment, for which the latest completed one counts.
private struct Slot: Hashable {
  let specHash: String
  let repetition: Repetition

  init(specHash: String, repetition: Repetition) {
    self.specHash = specHash
    self.repetition = repetition
  }

  init(_ run: RunRecord) { self.init(specHash: run.specHash, repetition: run.repetition) }
}
