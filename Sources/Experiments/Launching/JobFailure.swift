import Glibc

/// What ended a run in another process, as far as that can be known here.
public struct JobFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened, in words.
  public let description: String
  /// What the process exited with, if it came to that.
  public let exitCode: Int32?

  /// A failure that the run recorded as `message` before its process ended.
  init(recorded message: String, _ end: JobEnd) {
    description = message
    exitCode = end.exitCode
  }

  /// A process that ended before it could record why.
  init(unrecorded end: JobEnd) {
    exitCode = end.exitCode
    switch end {
    case .exit(let code):
      description = "its process ended with exit code \(code) before the run did"
    case .signal(let number):
      let hint = number == SIGKILL ? "; that is how the system ends one when memory runs out" : ""
      description =
        "its process was ended by signal \(number) (\(String(cString: strsignal(number))))\(hint)"
    }
  }
}

extension JobEnd {
  fileprivate var exitCode: Int32? {
    if case .exit(let code) = self { code } else { nil }
  }
}
