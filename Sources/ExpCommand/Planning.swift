import Datasets
import Experiments
import Specs

/// Reads specs for commands.
struct Planning {
  private let data: DataOptions

  init(_ data: DataOptions) { self.data = data }

  /// The plans of all `files`, in order. Warnings are printed.
  ///
  /// Throws the `Diagnostics` of all files together, so that every mistake is seen at once, or a `DatasetError`.
  func readAll(_ files: [String]) throws -> [ExperimentPlan] {
    var diagnostics = Diagnostics()
    var plans: [ExperimentPlan] = []
    var dataError: DatasetError?
    for file in files {
      do {
        let plan = try ExperimentPlan.read(
          file, locations: data.locations(specFolder:), &diagnostics)
        if let plan { plans.append(plan) }
      } catch let error as DatasetError {
        dataError = dataError ?? error
      }
    }
    if diagnostics.hasErrors { throw diagnostics }
    if let dataError { throw dataError }
    if !diagnostics.all.isEmpty { Console.error(diagnostics.rendered(color: Console.hasColor)) }
    return plans
  }
}
