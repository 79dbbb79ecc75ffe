import Diagnostics
import Plans
import Records

extension PlanReader {
  /// The plan of the run in `folder`. Throws `Diagnostics` if its resolved spec is damaged, and `DatasetError`.
  func plan(of folder: RunFolder) throws -> ExperimentPlan {
    var diagnostics = Diagnostics()
    let plans = try read(folder.path(of: .resolved), &diagnostics)
    guard let plan = plans.first else { throw diagnostics }
    return plan
  }
}
