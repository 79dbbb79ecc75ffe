import Diagnostics
import Metrics

/// A network that gives no numbers, since its weights are damaged or too large.
package struct NoNumbersError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The run's folder.
  package let run: String

  package var description: String {
    "the network of '\(run)' gives no numbers for these images: its weights are damaged, or too large\n"
      + "hint: 'exp verify' says whether they are those that the run saved"
  }
}

extension NoNumbersError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}

extension SavedModel {
  /// Throws unless what its network predicts, and the `loss` if it is known, are finite numbers.
  func requireNumbers(_ probabilities: [Float], loss: Double = 0) throws(NoNumbersError) {
    guard loss.isFinite, probabilities.allSatisfy(\.isFinite) else {
      throw NoNumbersError(run: folder.path)
    }
  }
}
