import Dispatch

extension Array where Element: Sendable {
  /// What `transform` makes of each element, in their order, on all cores where there are many elements.
  func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    // Fewer are done before another thread has started.
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
