/// The exit status of the command, for other programs: from sysexits(3) where that has one.
package enum ExitStatus: Int32, Sendable {
  /// All is done.
  case done = 0
  /// A run failed or diverged.
  case runFailed = 1
  /// A condition of the command line does not hold.
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
  /// A scheduler stopped a worker before it had trained a single step.
  case interruptedAtStart = 79
}
