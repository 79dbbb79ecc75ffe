import Glibc
import Launching
import Synchronization

/// The request of a user or a scheduler to stop the command, by one of the `StopSignals`. Signals that the command was
/// started to ignore, as by `nohup`, do not count.
enum Interruption {
  private static let count = Atomic<Int>(0)
  private static let hasWarning = Atomic<Bool>(false)

  /// True if a signal has arrived.
  static var isRequested: Bool {
    count.load(ordering: .relaxed) > 0 || hasWarning.load(ordering: .relaxed)
  }

  /// Takes the signals so far as answered.
  static func forget() {
    count.store(0, ordering: .relaxed)
    hasWarning.store(false, ordering: .relaxed)
  }

  /// Begins to watch for signals: the first is recorded, a second ends the process at once with 128 + its number. A
  /// warning is recorded, however often it comes.
  static func watch() {
    _ = isRequested  // made now, since a signal handler must not be the first to use it
    // The parent process may have blocked them, and children inherit that.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in StopSignals.all where number == SIGTERM || !isIgnored(number) {
      sigaddset(&signals, number)
    }
    useOwnStack()
    for number in StopSignals.requests where sigismember(&signals, number) == 1 {
      handle(number) { number in
        if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
      }
    }
    for number in StopSignals.warnings where sigismember(&signals, number) == 1 {
      handle(number) { _ in Interruption.hasWarning.store(true, ordering: .relaxed) }
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Gives signal handlers of this thread, which trains, a stack of their own.
  ///
  /// oneDNN's generated code keeps values farther below its stack pointer than the 128 bytes that the ABI of x86-64 spares.
  /// A handler on the same stack overwrites them, and the code then writes where it should not: with oneDNN 2.6, one
  /// interrupted run in 25 ended with a damaged heap.
  private static func useOwnStack() {
    let size = 1 << 16
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
  }

  private static func handle(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = SA_RESTART | SA_ONSTACK
    sigaction(signal, &action, nil)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
