import Diagnostics

/// A run is not scored, since another process went on with it in another folder, and its own may come back.
package struct ContinuedRunError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The run's folder.
  package let run: String
  /// The name of the other folder, beside it.
  package let successor: String

  package var description: String {
    "'\(run)' was continued in '\(successor)', and nothing is recorded in its own folder\n"
      + "hint: name that one instead"
  }
}

extension ContinuedRunError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
