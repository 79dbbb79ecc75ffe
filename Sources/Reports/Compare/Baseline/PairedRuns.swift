import Records

/// The runs of a row that count, by what a run of another row must share to be their pair.
struct PairedRuns {
  /// All that count.
  let all: [RunRecord]
  /// What a partner of each must share.
  private let partners: [Partner]
  /// By partner; empty where that is ambiguous.
  private let byPartner: [Partner: RunRecord]

  /// What both runs of a pair have: the seed, and in groups all spec values that aren't grouped by.
  private struct Partner: Hashable {
    let seed: Int
    let values: [String?]
  }

  /// The runs of `row`; pairs must agree in the values of `keys`, too.
  init(_ row: ComparisonRow, agreeingIn keys: [String], _ values: ValueTable) {
    all = row.counted
    var valuesOfSpec: [String: [String?]] = [:]
    for hash in row.specHashes { valuesOfSpec[hash] = keys.map { values.text(at: $0, in: hash) } }
    partners = all.map { Partner(seed: $0.seed, values: valuesOfSpec[$0.specHash] ?? []) }
    let byPartner = Dictionary(zip(partners, all)) { $1 }
    self.byPartner = byPartner.count == all.count ? byPartner : [:]
  }

  /// Whether all runs, these and those of `other`, agree in what pairs have to, apart from the seed.
  func agrees(with other: PairedRuns) -> Bool {
    Set((partners + other.partners).map(\.values)).count < 2
  }

  /// Each run with its partner in `other`, where it has one; in the order of the runs, for sums to be the same
  /// whenever they are made.
  func pairs(with other: PairedRuns) -> [(RunRecord, RunRecord)] {
    guard !byPartner.isEmpty else { return [] }
    return zip(all, partners).compactMap { run, partner in
      other.byPartner[partner].map { (run, $0) }
    }
  }
}
