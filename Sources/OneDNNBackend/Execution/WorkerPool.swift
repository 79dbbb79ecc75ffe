import Glibc
import Synchronization

/// Dedicated threads that run one job at a time together.
package final class WorkerPool: Sendable {
  private let state: State
  private let threads: [pthread_t]

  /// The state that the pool's owner and its threads share; threads hold on to this, not to the pool.
  private final class State: Sendable {
    let start: Barrier
    let end: Barrier
    let job = Mutex<(@Sendable (Int) throws -> Void)?>(nil)
    let failure = Mutex<(any Error)?>(nil)

    init(count: Int) {
      start = Barrier(count: count + 1)
      end = Barrier(count: count + 1)
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

  package init(count: Int) {
    let state = State(count: count)
    self.state = state
    threads = (0..<count).map { WorkerPool.startThread(Seat(state, $0)) }
  }

  deinit {
    state.start.wait(isPatient: true)  // without a job: the threads return
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Has every thread run `job` with its number, and returns when all have. Throws the first error of any.
  ///
  /// Threads that wait for each other inside a job must do so also when they have failed.
  package func run(_ job: @escaping @Sendable (Int) throws -> Void) throws {
    state.job.withLock { $0 = job }
    state.start.wait(isPatient: true)
    state.end.wait(isPatient: true)
    state.job.withLock { $0 = nil }
    if let error = state.failure.withLock({ $0.take() }) { throw error }
  }

  private nonisolated static func startThread(_ seat: Seat) -> pthread_t {
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        WorkerPool.work(Unmanaged<Seat>.fromOpaque(pointer).takeRetainedValue())
        return nil
      }, Unmanaged.passRetained(seat).toOpaque())
    // A process that cannot create a few threads cannot continue.
    precondition(status == 0, "the system gives no thread: error \(status)")
    return thread
  }

  private nonisolated static func work(_ seat: Seat) {
    OneDNNLibrary.useOneThread()
    OneDNNLibrary.flushDenormals()
    while true {
      seat.state.start.wait()
      guard let job = seat.state.job.withLock({ $0 }) else { return }
      do {
        try job(seat.index)
      } catch {
        seat.state.failure.withLock { $0 = $0 ?? error }
      }
      seat.state.end.wait()
    }
  }
}
