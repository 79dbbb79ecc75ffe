import Plans
import Reports

/// The list of runs that `exp run` would execute for one spec: a line for each experiment, with the values that
/// distinguish it.
struct RunPlan {
  private let experiments: [(plan: ExperimentPlan, seeds: [Int])]

  init(_ experiments: [(plan: ExperimentPlan, seeds: [Int])]) { self.experiments = experiments }

  func text(width: Int?) -> String {
    let names = experiments.first?.plan.cell?.labels.map(\.name) ?? []
    let number: [TextTable.Column] = names.isEmpty ? [] : [.init("#", .right)]
    let rows = experiments.map { plan, seeds in
      (plan.cell.map { ["\($0.number)"] + $0.labels.map(\.value) } ?? [])
        + [plan.name, SeedList.text(of: seeds)]
    }
    return TextTable(
      number + names.map { .init($0) } + [.init("experiment"), .init("seeds")],
      rows: rows
    ).text(width: width)
  }
}
