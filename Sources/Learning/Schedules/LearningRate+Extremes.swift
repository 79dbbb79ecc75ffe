import Diagnostics
import Specs

extension LearningRate {
  /// The rates that it names.
  package var stated: [StatedRate] { schedule.stated }

  /// The smallest that changes a float32 at all.
  private static let smallest = 1e-7

  /// The largest rate of optimizers whose steps are about as long as the rate, however small the gradients are: with 1,
  /// the first step moves each parameter by more than it is.
  static let largestOfNormalizedSteps = 1.0.nextDown

  /// Warns of rates that it names and nothing is learned with: too small ones, and those above `largest`. It stands at
  /// `location` if it is a mere number.
  package func warnOfExtremes(
    atMost largest: Double, at location: Location?, hint: String?, _ diagnostics: inout Diagnostics
  ) {
    for stated in stated where stated.rate < Self.smallest || stated.rate > largest {
      let rate = stated.rate
      let number = Int(exactly: rate).map(String.init) ?? "\(rate)"
      diagnostics.warning(
        .extremeLearningRate,
        rate > largest
          ? "with a learning rate of \(number) training most likely diverges"
          : "with a learning rate of \(number) training changes next to nothing",
        at: stated.location ?? location, hint: hint)
    }
  }

  /// Warns of a point of the schedule that training of `length` does not reach.
  package func warnOfPoints(beyond length: TrainingLength, _ diagnostics: inout Diagnostics) {
    let warmup = schedule.warmup.duration.steps(in: length)
    // A warmup of that length is an error.
    guard warmup < length.steps else { return }
    let rest = length.after(warmup)
    guard let point = schedule.points(in: rest).first(where: { $0.steps > rest.steps }) else {
      return
    }
    diagnostics.warning(
      .unreachedSchedule,
      "'\(point.key): \(point.text)' lies beyond training, which has \(rest.steps) steps"
        + (warmup > 0 ? " after the warmup" : ""),
      at: point.location, hint: length.hint + "; '5 epochs' counts in epochs")
  }
}
