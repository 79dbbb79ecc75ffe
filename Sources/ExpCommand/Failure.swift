import ArgumentParser
import Diagnostics
import Glibc
import OneDNNBackend

/// Prints why a command cannot do what was asked.
struct Failure {
  private let error: any Error

  init(_ error: any Error) { self.error = error }

  /// Prints the error and ends the process with its status.
  func exit() -> Never {
    // What is not ours is the argument parser's: usage, help, and plain exit codes.
    guard let error = error as? any ReportableError else { Exp.exit(withError: error) }
    report()
    Glibc.exit(error.exitStatus.rawValue)
  }

  /// Prints the error on standard error, and lets the command go on.
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
