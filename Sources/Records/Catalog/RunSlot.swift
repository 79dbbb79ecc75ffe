/// The place of a run among those of its experiment: of the runs in one, the latest completed one counts.
package struct RunSlot: Hashable, Sendable {
  package let specHash: String
  package let repetition: Repetition

  package init(specHash: String, repetition: Repetition) {
    self.specHash = specHash
    self.repetition = repetition
  }

  /// The place of `run`.
  package init(_ run: RunRecord) {
    self.init(specHash: run.content.specHash, repetition: run.content.repetition)
  }
}
