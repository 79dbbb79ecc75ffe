import Records

extension [Trace.Row] {
  /// The first difference in `repetition`, in words; nil if there is none.
  func difference(in repetition: [Trace.Row]) -> String? {
    guard let index = firstDifference(from: repetition) else { return nil }
    guard index < count else {
      return "the record ends before \(repetition[index].position)"
    }
    let old = self[index]
    guard index < repetition.count else { return "the repetition ends before \(old.position)" }
    let new = repetition[index]
    guard old.isAt(new) else {
      return "the repetition comes to \(new.place), the record to \(old.place)"
    }
    let difference = "\(old.place) is \(new.value), recorded as \(old.value)"
    return old.isLoss
      ? difference + parameter(in: repetition, after: index) : difference
  }

  /// The first parameter that differs after the loss at `index` did, in words.
  private func parameter(in repetition: [Trace.Row], after index: Int) -> String {
    let later = zip(self[index...], repetition[index...]).filter { !$0.0.isLoss }
    guard let (row, _) = later.first(where: { $0.0.isAt($0.1) && $0.0 != $0.1 }) else {
      return later.isEmpty ? "" : "; no parameter differs later"
    }
    return "; at the end of epoch \(row.epoch), '\(row.name)' is the first parameter that differs"
  }
}

extension Trace.Row {
  fileprivate var position: String { "epoch \(epoch), step \(step)" }

  /// `epoch 2, step 3: the loss`
  fileprivate var place: String {
    "\(position): " + (isLoss ? "the loss" : "the checksum of '\(name)'")
  }

  fileprivate func isAt(_ other: Trace.Row) -> Bool {
    (epoch, step, name) == (other.epoch, other.step, other.name)
  }
}
