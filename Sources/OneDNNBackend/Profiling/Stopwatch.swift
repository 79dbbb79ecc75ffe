/// Splits one worker's time among the parts of a step: each moment belongs to exactly one.
final class Stopwatch: @unchecked Sendable {  // used by one thread at a time
  let parts: StepParts
  private(set) var spendings: [Profile.Spending]
  private var last = ContinuousClock.now

  init(_ parts: StepParts) {
    self.parts = parts
    spendings = parts.pieces.map { _ in Profile.Spending() }
  }

  /// Begins a step, and discards earlier measurements.
  func start(at now: ContinuousClock.Instant) {
    for index in spendings.indices { spendings[index] = Profile.Spending() }
    last = now
  }

  /// Counts the time since the last call for `part`, in which so many floating-point operations were done.
  func lap(_ part: StepParts.Part, operations: Double = 0, at now: ContinuousClock.Instant = .now) {
    let number = parts.number(of: part)
    spendings[number].time += now - last
    spendings[number].operations += operations
    last = now
  }
}
