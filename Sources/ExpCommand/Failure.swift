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
    if let error = error as? any ReportableError {
      report()
      Glibc.exit(error.exitStatus.rawValue)
    }
    // All other errors are the argument parser's: usage, help, and plain exit codes.
    let (text, code) = (Exp.fullMessage(for: error), Exp.exitCode(for: error))
    if !text.isEmpty {
      if code.isSuccess { Console.output(text + "\n") } else { Console.error(text) }
    }
    Glibc.exit(code.rawValue)
  }

  /// Prints the error on standard error without ending the process.
  func report() {
    if let error = error as? any ReportableError {
      Console.report(error)
    } else {
      Console.error("error: \(error)")
    }
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
  package func rendered(color: Bool, width: Int?) -> String { "interrupted" }
}
