import Records

/// The outcome of repeating a run.
package struct Verdict: Sendable {
  /// The findings for the files compared, in the order in which a run produces them.
  package let findings: [Finding]
  /// What is wrong with the record's evaluations on other data, which are not repeated; a line each.
  package let evaluationDisagreements: [String]
  /// The early end of the repetition, in words; nil if it has results.
  package let failure: String?
  /// The reasons why bits may differ although nothing is wrong.
  package let reservations: [String]
  /// The folder of the repetition, which is removed if everything agrees.
  package let repetition: RunFolder

  /// The comparison of one file of a run with that of its repetition.
  package struct Finding: Equatable, Sendable {
    package let file: RunFile
    /// The number of steps, epochs, tensors or images compared.
    package let count: Int
    /// The first difference, in words; nil if there is none.
    package let difference: String?
  }

  /// True if the run repeats to the bit, as far as it was compared, and its evaluations are as they were written.
  package var agrees: Bool {
    failure == nil && findings.allSatisfy { $0.difference == nil }
      && evaluationDisagreements.isEmpty
  }
}
