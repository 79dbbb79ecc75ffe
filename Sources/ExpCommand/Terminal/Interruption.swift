import Glibc
import Synchronization

/// The user's request to stop the command, by SIGINT (Ctrl-C), SIGTERM, or SIGHUP (its terminal was closed). Signals
/// that the command was started to ignore, as by `nohup`, do not count.
enum Interruption {
  private static let count = Atomic<Int>(0)

  /// True if a signal has arrived.
  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// Begins to watch for signals: the first is recorded, a second ends the process at once with 128 + its number.
  static func watch() {
    _ = isRequested  // made now, since a signal handler must not be the first to use it
    // The parent process may have blocked them, and children inherit that.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] where number == SIGTERM || !isIgnored(number) {
      sigaddset(&signals, number)
      signal(number) { number in
        if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
