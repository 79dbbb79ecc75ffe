import Records

/// The runs and sets of folds of a row that count, which are paired with those of another row.
struct PairedRuns {
  let runs: Paired<RunRecord>
  /// Those that are complete; empty where there are no folds.
  let foldSets: Paired<FoldSet>

  /// Those of `row`; pairs must agree in `values` of their specs, too.
  init(_ row: ComparisonRow, agreeingIn values: (_ specHash: String) -> [String?]) {
    var valuesOfSpec: [String: [String?]] = [:]
    for hash in row.specHashes { valuesOfSpec[hash] = values(hash) }
    runs = Paired(row.scored) {
      PairKey(repetition: $0.repetition, values: valuesOfSpec[$0.specHash] ?? [])
    }
    foldSets = Paired(row.foldSets.filter(\.isComplete)) {
      PairKey(repetition: Repetition(seed: $0.seed), values: valuesOfSpec[$0.specHash] ?? [])
    }
  }
}

/// The key that both members of a pair share: the seed and the fold, and in groups what else they have to agree in.
struct PairKey: Hashable {
  let repetition: Repetition
  let values: [String?]
}

/// Members of a row with the keys by which they are paired with those of another row.
struct Paired<Member> {
  let all: [Member]
  /// The key of each member; its partner has the same one.
  private let keys: [PairKey]
  /// The members by their keys; empty if several share one.
  private let byKey: [PairKey: Member]

  /// The members `all`, each with its `key`.
  init(_ all: [Member], key: (Member) -> PairKey) {
    self.all = all
    keys = all.map(key)
    let byKey = Dictionary(zip(keys, all)) { $1 }
    self.byKey = byKey.count == all.count ? byKey : [:]
  }

  /// True if all members, these and those of `other`, agree in the values of their keys, the seed aside.
  func agrees(with other: Paired) -> Bool {
    Set((keys + other.keys).map(\.values)).count < 2
  }

  /// The members that have a partner in `other`, each with it, in the order of the members, so that sums are
  /// reproducible.
  func pairs(with other: Paired) -> [(Member, Member)] {
    guard !byKey.isEmpty else { return [] }
    return zip(all, keys).compactMap { member, key in other.byKey[key].map { (member, $0) } }
  }
}
