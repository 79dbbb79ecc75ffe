import Metrics

extension [EpochRecord] {
  /// The first difference in `repetition`, seconds aside, in words; nil if there is none.
  func difference(in repetition: [EpochRecord]) -> String? {
    for (old, new) in zip(self, repetition) {
      for column in EpochRecord.columns where column != "seconds" {
        let (then, now) = (old[column], new[column])
        // Bit patterns, so that NaN equals itself.
        if then?.bitPattern == now?.bitPattern { continue }
        return "epoch \(old.epoch): \(column) is \(Self.text(now)), recorded as \(Self.text(then))"
      }
    }
    return count == repetition.count
      ? nil : "the repetition has \(repetition.count) epochs, the record \(count)"
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "missing" }
}
