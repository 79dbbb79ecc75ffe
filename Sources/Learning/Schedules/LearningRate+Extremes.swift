import Diagnostics
import Specs

extension LearningRate {
  /// The rates that it names.
  package var stated: [StatedRate] { schedule.stated }

  /// Between the smallest that changes a float32 at all and more than any network bears.
  private static let usable = 1e-7...10

  /// Warns of rates that it names and nothing is learned with, which it stands at `location` if
  /// it is a mere number.
  package func warnOfExtremes(
    at location: Location?, hint: String?, _ diagnostics: inout Diagnostics
  ) {
    for stated in stated where !Self.usable.contains(stated.rate) {
      let rate = stated.rate
      let number = Int(exactly: rate).map(String.init) ?? "\(rate)"
      diagnostics.warning(
        .extremeLearningRate,
        rate > Self.usable.upperBound
          ? "with a learning rate of \(number) training most likely diverges"
          : "with a learning rate of \(number) training changes next to nothing",
        at: stated.location ?? location, hint: hint)
    }
  }
}
