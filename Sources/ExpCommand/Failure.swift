import ArgumentParser
import Diagnostics
import Glibc
import OneDNNBackend

/// The failure of a command.
struct Failure {
  private let error: any Error

  init(_ error: any Error) { self.error = error }

  /// Prints the error and ends the process with its status.
  func exit() -> Never {
    // All other errors are the argument parser's: usage, help, and plain exit codes.
    guard let error = error as? any ReportableError else { Exp.exit(withError: error) }
    report()
    Glibc.exit(error.exitStatus.rawValue)
  }

  /// Prints the error on standard error without ending the process.
  func report() {
    Console.error(
      (error as? any ReportableError)?.rendered(color: Console.hasColor) ?? "error: \(error)")
  }

  /// The status with which the command has to end.
  var exitStatus: ExitStatus { (error as? any ReportableError)?.exitStatus ?? .runFailed }
}

// Types whose modules do not know Diagnostics.

extension OneDNNError: ReportableError {
  package var exitStatus: ExitStatus { .runFailed }
}

extension CancellationError: ReportableError {
  package var exitStatus: ExitStatus { .interrupted }
  package func rendered(color: Bool) -> String { "interrupted" }
}
