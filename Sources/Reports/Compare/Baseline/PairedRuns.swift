import Runs

/// The runs of a row that count, by what a run of another row must share to be their pair.
struct PairedRuns {
  /// All that count.
  let all: [RunRecord]
  /// By partner; empty where that is ambiguous.
  private let byPartner: [Partner: RunRecord]

  /// What both runs of a pair have: the seed, and in groups all spec values that aren't grouped by.
  private struct Partner: Hashable {
    let seed: Int
    let values: [String?]
  }

  /// The runs of `row`; pairs must agree in the values of `keys`, too.
  init(_ row: ComparisonRow, agreeingIn keys: [String], _ specs: SpecTable) {
    all = row.counted
    var valuesOfSpec: [String: [String?]] = [:]
    for hash in row.specHashes { valuesOfSpec[hash] = keys.map { specs.value(of: $0, in: hash) } }
    var byPartner: [Partner: RunRecord] = [:]
    for run in all {
      byPartner[Partner(seed: run.seed, values: valuesOfSpec[run.specHash] ?? [])] = run
    }
    self.byPartner = byPartner.count == all.count ? byPartner : [:]
  }

  /// Each run with its partner in `other`, where it has one.
  func pairs(with other: PairedRuns) -> [(RunRecord, RunRecord)] {
    all.isEmpty || byPartner.isEmpty
      ? []
      : byPartner.sorted { $0.value.seed < $1.value.seed }.compactMap { partner, run in
        other.byPartner[partner].map { (run, $0) }
      }
  }
}
