import Diagnostics
import Plans

/// The error that an experiment is not the one that was submitted, since its data or initial weights have changed.
package struct ChangedExperimentError: Error, CustomStringConvertible {
  /// Its name, and the combination of a sweep's values.
  private let experiment: String

  package init(_ plan: ExperimentPlan) {
    experiment = plan.cell.map { "\(plan.name), \($0)" } ?? plan.name
  }

  package var description: String {
    """
    the data or the initial weights of '\(experiment)' have changed since it was submitted
    hint: the same 'exp run --launcher' submits it as it is now
    """
  }
}

extension ChangedExperimentError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
