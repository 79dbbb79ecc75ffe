import ArgumentParser
import Datasets
import Diagnostics
import Files
import Glibc
import Launching
import OneDNNBackend
import Records
import Reports
import Running

/// How the command ends when it cannot do what was asked.
struct Failure {
  private let error: any Error

  init(_ error: any Error) { self.error = error }

  /// Says what is wrong on standard error and ends the process with the exit code for it.
  func exit() -> Never {
    // What is not ours is the argument parser's: usage, help, and plain exit codes.
    guard let message else { Exp.exit(withError: error) }
    Console.error(message)
    Glibc.exit(code.rawValue)
  }

  /// Says what is wrong on standard error, and lets the command go on.
  func report() { Console.error(message ?? "error: \(error)") }

  private var message: String? {
    switch error {
    case let diagnostics as Diagnostics: diagnostics.rendered(color: Console.hasColor)
    case let diagnostic as Diagnostic: diagnostic.rendered(color: Console.hasColor)
    case let error as UsageError: error.diagnostics.rendered(color: Console.hasColor)
    case let error as DatasetError: error.description
    case is StorageError, is DamagedFileError, is NewerFormatError, is RunArgumentError,
      is BaselineError, is CommandError, is OneDNNError, is ResumptionError, is VerificationError,
      is LaunchError:
      "error: \(error)"
    case is CancellationError: "interrupted"
    default: nil
    }
  }

  /// The exit code for the error.
  var code: ExitStatus {
    switch error {
    case let diagnostics as Diagnostics
    where diagnostics.all.contains { $0.identifier == .badOverride }: .usage
    case let diagnostics as Diagnostics:
      diagnostics.all.contains { [.fileNotFound, .fileNotReadable].contains($0.identifier) }
        ? .inputMissing : .invalidSpec
    case is Diagnostic: .invalidSpec
    case is UsageError: .usage
    case let error as DatasetError:
      if case .unwritable = error.problem { .inputOutput } else { .inputMissing }
    case let error as StorageError: error.operation == .read ? .inputMissing : .inputOutput
    case is DamagedFileError, is NewerFormatError, is RunArgumentError, is BaselineError,
      is CommandError, is ResumptionError, is VerificationError:
      .inputMissing
    case is CancellationError: .interrupted
    default: .runFailed
    }
  }
}

/// Something that a command needs is not there; the text says what, and a way out.
struct CommandError: Error, CustomStringConvertible {
  let description: String
}

/// The command line asks for what makes no sense; says what, and a way out.
struct UsageError: Error {
  let diagnostics: Diagnostics

  init(_ diagnostics: Diagnostics) { self.diagnostics = diagnostics }

  init(_ message: String, hint: String? = nil) {
    diagnostics = Diagnostics([Diagnostic(identifier: .usage, message: message, hint: hint)])
  }
}
