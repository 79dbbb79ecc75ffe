import Files

extension [RunRecord] {
  /// These runs and, of their seeds' folds that are not among them, the latest completed ones of the same experiment beside
  /// them, oldest first: all folds of a seed make one score together, whichever commands made them.
  ///
  /// Only folders that are named like such a run are read, and what cannot be read is left out.
  package func withOtherFolds() -> [RunRecord] {
    let known = Set(map(Slot.init))
    let missing = flatMap(\.foldsOfSeed).filter { !known.contains($0.slot) }
    guard !missing.isEmpty else { return self }
    let (slots, names) = (Set(missing.map(\.slot)), Set(missing.map(\.folderName)))
    var search = RunSearch()
    for folder in Set(map { Storage.parent(of: $0.folder.path) }).sorted() { search.search(folder) }
    let folders = search.found.map(\.folder).filter { folder in
      names.contains { folder.name.contains($0) }
    }
    let found = RunCatalog(folders: folders, problems: []).runs
      .filter { $0.status == .completed && slots.contains(Slot($0)) }
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

extension RunRecord {
  /// The place of each fold of its seed, with the part of a folder's name that such a run has; none if there are no folds.
  fileprivate var foldsOfSeed: [(slot: Slot, folderName: String)] {
    let mark = self.variant == nil ? "" : "_\(RunFolder.variantMark(self.specHash))"
    return (self.fold.map { 0..<$0.count } ?? 0..<0).map { fold in
      let repetition = Repetition(seed: self.seed, fold: fold)
      return (
        Slot(specHash: self.specHash, repetition: repetition), "\(mark)_\(repetition.folderName)"
      )
    }
  }
}
