import Datasets
import Plans
import Reports
import Running

/// The list of runs that `exp run` would execute for one spec: a line for each experiment, with the values that
/// distinguish it.
struct RunPlan {
  private let experiments: [[RunRequest]]

  /// The list of the runs of `experiments`, each of which has some.
  init(_ experiments: [[RunRequest]]) { self.experiments = experiments }

  func text(width: Int?) -> String {
    let names = experiments.first?.first?.plan.cell?.labels.map(\.name) ?? []
    let hasFolds = experiments.joined().contains { $0.plan.fold != nil }
    let number: [TextTable.Column] = names.isEmpty ? [] : [.init("#", .right)]
    let rows = experiments.flatMap { requests in
      Self.alike(requests).map { seeds, folds in
        let plan = requests[0].plan
        return (plan.cell.map { ["\($0.number)"] + $0.labels.map(\.value) } ?? [])
          + [plan.name, SeedList.text(of: seeds)]
          + (hasFolds ? [FoldList.text(of: folds)] : [])
      }
    }
    return TextTable(
      number + names.map { .init($0) } + [.init("experiment"), .init("seeds")]
        + (hasFolds ? [.init("folds")] : []),
      rows: rows
    ).text(width: width)
  }

  /// The seeds of `requests` with their folds, those together that have the same.
  private static func alike(_ requests: [RunRequest]) -> [(seeds: [Int], folds: [Int])] {
    let folds = Dictionary(grouping: requests, by: \.seed).mapValues { $0.compactMap(\.plan.fold) }
    var rows: [(seeds: [Int], folds: [Int])] = []
    var known: Set<Int> = []
    for seed in requests.map(\.seed) where known.insert(seed).inserted {
      let own = folds[seed] ?? []
      if let last = rows.last, last.folds == own {
        rows[rows.endIndex - 1].seeds.append(seed)
      } else {
        rows.append((seeds: [seed], folds: own))
      }
    }
    return rows
  }
}
