/// How the command ends, for other programs: as sysexits(3) has it where it has it.
package enum ExitStatus: Int32, Sendable {
  /// All is done.
  case done = 0
  /// A run failed or diverged.
  case runFailed = 1
  /// What was a condition does not hold.
  case gateFailed = 2
  /// The command line makes no sense.
  case usage = 64
  /// A spec has mistakes.
  case invalidSpec = 65
  /// Something to read is missing or damaged.
  case inputMissing = 66
  /// The operating system refused something with a file or folder.
  case inputOutput = 74
  /// The user stopped it.
  case interrupted = 75
}
