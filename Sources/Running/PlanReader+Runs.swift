import Diagnostics
import Plans
import Records

extension PlanReader {
  /// The plan that the run in `folder` is of. Throws `Diagnostics` if its resolved spec is damaged, and
  /// `DatasetError`.
  func plan(of folder: RunFolder) throws -> ExperimentPlan {
    var diagnostics = Diagnostics()
    let plans = try read(folder.path(of: .resolved), &diagnostics)
    guard let plan = plans.first else { throw diagnostics }
    return plan
  }
}
