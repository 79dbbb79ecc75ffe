import Records

/// What came of repeating a run.
package struct Verdict: Sendable {
  /// One for each file compared; what happens first comes first.
  package let findings: [Finding]
  /// How the repetition ended, if it has no results.
  package let failure: String?
  /// Why bits may differ though nothing is wrong.
  package let reservations: [String]
  /// The repetition, which is gone if all agrees.
  package let repetition: RunFolder

  /// What comparing one file of a run with that of its repetition came to.
  package struct Finding: Equatable, Sendable {
    package let file: RunFile
    /// How many steps, epochs, tensors or images it is about.
    package let count: Int
    /// The first difference, in words; nil if there is none.
    package let difference: String?
  }

  /// Whether the run repeats to the bit, as far as it was compared.
  package var agrees: Bool {
    failure == nil && findings.allSatisfy { $0.difference == nil }
  }
}
