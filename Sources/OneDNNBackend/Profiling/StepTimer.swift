import Synchronization

/// Measures a program's training steps for a profile: all but the first, in which the library makes kernels' code.
final class StepTimer: Sendable {
  /// One for each worker.
  let stopwatches: [Stopwatch]
  private let profile: Profile
  private let isWarm = Atomic<Bool>(false)

  init(_ graph: CompiledGraph, threads: Int, for profile: Profile) {
    let parts = StepParts(graph)
    stopwatches = (0..<threads).map { _ in Stopwatch(parts) }
    self.profile = profile
  }

  /// Does one step, as which only what succeeds counts.
  func measure<Result>(_ step: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    for stopwatch in stopwatches { stopwatch.start(at: start) }
    let result = try step()
    let end = ContinuousClock.now
    for stopwatch in stopwatches { stopwatch.lap(.other, at: end) }
    if isWarm.exchange(true, ordering: .relaxed) { profile.add(stopwatches, end - start) }
    return result
  }

  /// Counts the time of all workers for `part`; to be called while they rest.
  func lap(_ part: StepParts.Part) {
    let now = ContinuousClock.now
    for stopwatch in stopwatches { stopwatch.lap(part, at: now) }
  }
}
