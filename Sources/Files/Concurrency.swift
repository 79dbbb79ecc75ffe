import Dispatch

/// Runs two functions at the same time, and returns both results.
package func concurrently<First: Sendable, Second: Sendable>(
  _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
  nonisolated(unsafe) var (one, other) = (First?.none, Second?.none)
  DispatchQueue.concurrentPerform(iterations: 2) { number in
    if number == 0 { one = first() } else { other = second() }
  }
  guard let one, let other else { preconditionFailure("both have run") }
  return (one, other)
}

extension Array where Element: Sendable {
  /// The results of `transform` for each element, in their order, computed on all cores if there are many elements.
  package func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    // With fewer elements, this thread is done before another has started.
    let portion = 64
    guard count > portion else { return map(transform) }
    let portions = stride(from: 0, to: count, by: portion).map {
      $0..<Swift.min($0 + portion, count)
    }
    return [Result](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      nonisolated(unsafe) let results = buffer
      DispatchQueue.concurrentPerform(iterations: portions.count) { number in
        for index in portions[number] {
          results.initializeElement(at: index, to: transform(self[index]))
        }
      }
      initializedCount = count
    }
  }
}
