import Glibc
import Synchronization

/// Threads that run one job at a time together: the one that asks for it, and others of the pool's own.
package final class WorkerPool: Sendable {
  private let state: State
  private let threads: [pthread_t]

  /// The state that the pool's owner and its threads share; threads hold on to this, not to the pool.
  private final class State: Sendable {
    let start: Barrier
    let end: Barrier
    /// False until all threads exist; locked as long as it is unknown whether they will.
    let isComplete = Mutex(false)
    let job = Mutex<(@Sendable (Int) throws -> Void)?>(nil)
    let failure = Mutex<(any Error)?>(nil)

    /// Does worker number `index`'s part of `job`, and waits until all have done theirs.
    func work(_ index: Int, _ job: (Int) throws -> Void) {
      do {
        try job(index)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
      end.wait()
    }

    init(count: Int) {
      start = Barrier(count: count)
      end = Barrier(count: count)
    }
  }

  private final class Seat: Sendable {
    let state: State
    let index: Int
    init(_ state: State, _ index: Int) {
      self.state = state
      self.index = index
    }
  }

  /// A pool for `count` threads. Throws an `OneDNNError` if the system does not give so many.
  package init(count: Int) throws {
    let state = State(count: count)
    var (threads, status) = ([pthread_t](), Int32(0))
    state.isComplete.withLock { isComplete in
      while threads.count < count - 1, status == 0 {
        var thread = pthread_t()
        status = WorkerPool.startThread(Seat(state, threads.count + 1), &thread)
        if status == 0 { threads.append(thread) }
      }
      isComplete = status == 0
    }
    guard status == 0 else {
      for thread in threads { pthread_join(thread, nil) }
      throw OneDNNError(
        status: String(cString: strerror(status)),
        call: "start thread \(threads.count + 2) of \(count)", descriptor: "the network",
        hint: "'--threads \(threads.count + 1)' needs no more, and gives the same results")
    }
    self.state = state
    self.threads = threads
  }

  deinit {
    state.start.wait()  // without a job: the threads return
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Has every thread run `job` with its number, and returns when all have. This thread is number 0, and makes kernels for
  /// itself alone from now on. Throws the first error of any.
  ///
  /// Not to be called by several threads at once, or from a job.
  /// Threads that wait for each other inside a job must do so also when they have failed.
  package func run(_ job: @escaping @Sendable (Int) throws -> Void) throws {
    state.job.withLock { $0 = job }
    state.start.wait()
    OneDNNLibrary.useOneThread()
    OneDNNLibrary.flushingDenormals { state.work(0, job) }
    state.job.withLock { $0 = nil }
    if let error = state.failure.withLock({ $0.take() }) { throw error }
  }

  /// Starts the thread of `seat`; returns 0 or an error number.
  private nonisolated static func startThread(_ seat: Seat, _ thread: inout pthread_t) -> Int32 {
    let seat = Unmanaged.passRetained(seat)
    let status = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        WorkerPool.work(Unmanaged<Seat>.fromOpaque(pointer).takeRetainedValue())
        return nil
      }, seat.toOpaque())
    if status != 0 { seat.release() }
    return status
  }

  private nonisolated static func work(_ seat: Seat) {
    guard seat.state.isComplete.withLock({ $0 }) else { return }
    // Handlers would overwrite what oneDNN's generated code keeps below the stack pointer.
    var signals = sigset_t()
    sigfillset(&signals)
    for fault in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { sigdelset(&signals, fault) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    OneDNNLibrary.useOneThread()
    OneDNNLibrary.flushingDenormals {
      while true {
        seat.state.start.wait()
        guard let job = seat.state.job.withLock({ $0 }) else { return }
        seat.state.work(seat.index, job)
      }
    }
  }
}
