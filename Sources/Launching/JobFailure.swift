import Diagnostics
import Glibc
import Records

/// The reason why a run in another process ended, as far as that can be known here.
package struct JobFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The event, in words.
  package let description: String

  /// A failure that the run recorded as `message` before its process ended.
  init(recorded message: String) { description = message }

  /// A process that ended before it could record why.
  init(unrecorded end: JobEnd) {
    switch end {
    case .exit(let code):
      description = "its process ended with exit code \(code) before the run did"
    case .unseen: description = "its process is gone, and left no word of why"
    case .signal(let number):
      let hint = number == SIGKILL ? "; that is how the system ends one when memory runs out" : ""
      description =
        "its process was ended by signal \(number) (\(String(cString: strsignal(number))))\(hint)"
    }
  }
}

extension JobEnd {
  /// The exit status of the command after such an end.
  var exitStatus: ExitStatus {
    switch self {
    case .exit(let code): ExitStatus(rawValue: code) ?? .runFailed
    case .signal: .runFailed
    // A run that ended elsewhere without a message, as when a node dies, can be resumed.
    case .unseen: .interrupted
    }
  }
}
