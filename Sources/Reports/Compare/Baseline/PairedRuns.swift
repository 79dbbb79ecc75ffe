import Records

/// The runs of a row that count, with the keys by which they are paired with runs of another row.
struct PairedRuns {
  /// All that count.
  let all: [RunRecord]
  /// The key of each run; its partner has the same one.
  private let partners: [Partner]
  /// The runs by their keys; empty if several runs share one.
  private let byPartner: [Partner: RunRecord]

  /// The key that both runs of a pair share: the seed and the fold, and in groups what else they have to agree in.
  private struct Partner: Hashable {
    let repetition: Repetition
    let values: [String?]
  }

  /// The runs of `row`; pairs must agree in `values` of their specs, too.
  init(_ row: ComparisonRow, agreeingIn values: (_ specHash: String) -> [String?]) {
    all = row.scored
    var valuesOfSpec: [String: [String?]] = [:]
    for hash in row.specHashes { valuesOfSpec[hash] = values(hash) }
    partners = all.map {
      Partner(repetition: $0.repetition, values: valuesOfSpec[$0.specHash] ?? [])
    }
    let byPartner = Dictionary(zip(partners, all)) { $1 }
    self.byPartner = byPartner.count == all.count ? byPartner : [:]
  }

  /// The runs of each fold; empty if not all have one.
  var byFold: [Int: [RunRecord]] {
    let folds = all.compactMap { run in run.fold.map { (fold: $0.index, run: run) } }
    guard folds.count == all.count else { return [:] }
    return Dictionary(grouping: folds, by: \.fold).mapValues { $0.map(\.run) }
  }

  /// True if all runs, these and those of `other`, agree in the values of their keys, the seed aside.
  func agrees(with other: PairedRuns) -> Bool {
    Set((partners + other.partners).map(\.values)).count < 2
  }

  /// The runs that have a partner in `other`, each with it, in the order of the runs, so that sums are reproducible.
  func pairs(with other: PairedRuns) -> [(RunRecord, RunRecord)] {
    guard !byPartner.isEmpty else { return [] }
    return zip(all, partners).compactMap { run, partner in
      other.byPartner[partner].map { (run, $0) }
    }
  }
}
