import Glibc
import Synchronization

/// Runs two functions at the same time, and returns both results.
package func concurrently<First: Sendable, Second: Sendable>(
  _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
  nonisolated(unsafe) var (one, other) = (First?.none, Second?.none)
  performConcurrently(2) { number in
    if number == 0 { one = first() } else { other = second() }
  }
  guard let one, let other else { preconditionFailure("both have run") }
  return (one, other)
}

extension Array where Element: Sendable {
  /// The results of `transform` for each element, in their order, computed on all cores if there are more than `portion`
  /// elements, which is as many as a thread takes at a time.
  package func concurrentMap<Result: Sendable>(
    portion: Int = 64, _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    // With fewer elements, this thread is done before another has started.
    guard count > portion else { return map(transform) }
    let portions = stride(from: 0, to: count, by: portion).map {
      $0..<Swift.min($0 + portion, count)
    }
    return [Result](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      nonisolated(unsafe) let results = buffer
      performConcurrently(portions.count) { number in
        for index in portions[number] {
          results.initializeElement(at: index, to: transform(self[index]))
        }
      }
      initializedCount = count
    }
  }
}

/// Calls `body` with each number below `count`, on all cores.
///
/// The calling thread works too: where the system gives no more threads, it does everything itself. Dispatch would wait
/// for one forever.
private func performConcurrently(_ count: Int, _ body: @Sendable (Int) -> Void) {
  withoutActuallyEscaping(body) { body in
    let work = SharedWork(count: count, body)
    let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    var helpers: [pthread_t] = []
    while helpers.count < min(count, cores) - 1, let helper = work.startHelper() {
      helpers.append(helper)
    }
    work.perform()
    for helper in helpers { pthread_join(helper, nil) }
  }
}

/// Pieces of work that threads take as they become free.
private final class SharedWork: Sendable {
  private let count: Int
  private let body: @Sendable (Int) -> Void
  private let next = Atomic<Int>(0)

  init(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  /// Takes pieces of the work until none is left.
  func perform() {
    while case let number = next.add(1, ordering: .relaxed).oldValue, number < count {
      body(number)
    }
  }

  /// A new thread that takes pieces of the work, too; nil if the system gives none.
  func startHelper() -> pthread_t? {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<SharedWork>.fromOpaque(pointer).takeRetainedValue().perform()
        return nil
      }, work.toOpaque())
    guard status == 0 else {
      work.release()
      return nil
    }
    return thread
  }
}
