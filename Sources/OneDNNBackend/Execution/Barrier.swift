import Glibc
import Synchronization

/// A point that a number of threads must reach before any of them continues.
///
/// Waiting threads look again and again for a moment, since lanes end at nearly the same time, then sleep.
package final class Barrier: @unchecked Sendable {  // the pthread objects are made to be shared
  private let count: Int
  private let arrived = Atomic<Int>(0)
  private let round = Atomic<Int>(0)
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  /// The number of times a waiting thread looks before it sleeps: some tens of microseconds.
  private static let looks = 20_000

  package init(count: Int) {
    self.count = count
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Returns once `count` threads have called this.
  package func wait() {
    let mine = round.load(ordering: .acquiring)
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
      arrived.store(0, ordering: .relaxed)
      pthread_mutex_lock(mutex)
      round.store(mine &+ 1, ordering: .releasing)
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
      return
    }
    for _ in 0..<Barrier.looks where round.load(ordering: .acquiring) != mine { return }
    pthread_mutex_lock(mutex)
    while round.load(ordering: .acquiring) == mine { pthread_cond_wait(condition, mutex) }
    pthread_mutex_unlock(mutex)
  }
}
