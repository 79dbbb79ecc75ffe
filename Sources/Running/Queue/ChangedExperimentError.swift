import Diagnostics
import Plans

/// The error that an experiment is not the one that was submitted, since its data or initial weights are others.
package struct ChangedExperimentError: Error, CustomStringConvertible {
  /// Its name, and the combination of a sweep's values.
  private let experiment: String

  package init(_ plan: ExperimentPlan) {
    experiment = plan.cell.map { "\(plan.name), \($0)" } ?? plan.name
  }

  package var description: String {
    """
    the data or the initial weights of '\(experiment)' are not those that it was submitted with
    hint: they have changed since, or are others on this machine; the same 'exp run --launcher' submits it anew
    """
  }
}

extension ChangedExperimentError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
