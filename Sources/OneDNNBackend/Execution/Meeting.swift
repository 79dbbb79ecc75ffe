import Synchronization

/// A meeting point where the workers of a step wait for each other.
package final class Meeting: Sendable {
  private let barrier: Barrier
  /// The first piece of work that one of them could not do.
  private let failed = Atomic<Int>(.max)

  package init(_ barrier: Barrier) { self.barrier = barrier }

  /// Does a worker's piece of work number `number`, then waits until all have done theirs; whether all could. Nothing
  /// may be built on half of a batch.
  ///
  /// A worker that is late to look must not see the failure of a later piece: it would be missing at the barrier after
  /// that. Hence the numbers.
  package func after(_ number: Int, _ work: () throws -> Void) throws -> Bool {
    let done = Result { try work() }
    if case .failure = done { failed.min(number, ordering: .acquiringAndReleasing) }
    barrier.wait()
    try done.get()
    return failed.load(ordering: .acquiring) > number
  }
}
