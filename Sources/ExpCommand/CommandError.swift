import Diagnostics

/// Something that a command needs is not there; the text says what, and a way out.
struct CommandError: ReportableError, CustomStringConvertible {
  let description: String
  let exitStatus = ExitStatus.inputMissing
}
