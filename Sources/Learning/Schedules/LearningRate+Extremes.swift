import Diagnostics
import Specs

extension LearningRate {
  /// The rates that it names, under the key where they stand in a schedule.
  package var stated: (key: String, rates: [Double]) { schedule.stated }

  /// Between the smallest that changes a float32 at all and more than any network bears.
  private static let usable = 1e-7...10

  /// Warns of rates that it names and nothing is learned with, at `node`, which is a number or a schedule.
  package func warnOfExtremes(at node: Node?, hint: String?, _ diagnostics: inout Diagnostics) {
    let (key, rates) = stated
    let place = node?[key] ?? node
    for (index, rate) in rates.enumerated() where !Self.usable.contains(rate) {
      let number = Int(exactly: rate).map(String.init) ?? "\(rate)"
      let items = place?.items ?? []
      diagnostics.warning(
        .extremeLearningRate,
        rate > Self.usable.upperBound
          ? "with a learning rate of \(number) training most likely diverges"
          : "with a learning rate of \(number) training changes next to nothing",
        at: (index < items.count ? items[index] : place)?.location, hint: hint)
    }
  }
}
