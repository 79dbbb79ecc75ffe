import Glibc

extension Lease {
  /// Calls `body`, and renews the lease meanwhile from a thread of its own.
  package func renewed<Result>(during body: () throws -> Result) rethrows -> Result {
    let renewal = LeaseRenewal(of: self)
    defer { renewal.stop() }
    return try body()
  }
}

/// A thread that renews a lease until it is told to stop. Without one, as where the system gives no more threads, the
/// lease is renewed before each save alone.
private final class LeaseRenewal: Sendable {
  private let lease: Lease
  /// Two connected sockets; closing the second stops the thread. Negative if there is no thread.
  private let (reading, writing): (Int32, Int32)
  private nonisolated(unsafe) var thread: pthread_t?

  init(of lease: Lease) {
    self.lease = lease
    var ends: [Int32] = [-1, -1]
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue
    _ = socketpair(AF_UNIX, Int32(type), 0, &ends)
    (reading, writing) = (ends[0], ends[1])
    guard reading >= 0 else { return }
    var thread = pthread_t()
    let renewal = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<LeaseRenewal>.fromOpaque(pointer).takeRetainedValue().work()
        return nil
      }, renewal.toOpaque())
    if status == 0 { self.thread = thread } else { renewal.release() }
  }

  func stop() {
    guard reading >= 0 else { return }
    close(writing)
    if let thread { pthread_join(thread, nil) }
    close(reading)
  }

  private func work() {
    // Signals are for the thread that has installed their handlers.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let interval = Int32(lease.interval * 1000)
    while true {
      var state = pollfd(fd: reading, events: 0, revents: 0)
      let count = poll(&state, 1, interval)
      if count > 0 { return }
      lease.renew()
    }
  }
}
