import Diagnostics

/// The error that something a command needs is missing. The text names it, and a way out.
struct CommandError: ReportableError, CustomStringConvertible {
  let description: String
  let exitStatus = ExitStatus.inputMissing
}
