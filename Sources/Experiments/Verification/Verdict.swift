import Runs

/// What came of repeating a run.
public struct Verdict: Sendable {
  /// One for each file compared; what happens first comes first.
  public let findings: [Finding]
  /// How the repetition ended, if it has no results.
  public let failure: String?
  /// Why bits may differ though nothing is wrong.
  public let reservations: [String]
  /// The repetition, which is gone if all agrees.
  public let repetition: RunFolder

  /// What comparing one file of a run with that of its repetition came to.
  public struct Finding: Equatable, Sendable {
    public let file: RunFile
    /// How many steps, epochs, tensors or images it is about.
    public let count: Int
    /// The first difference, in words; nil if there is none.
    public let difference: String?
  }

  /// Whether the run repeats to the bit, as far as it was compared.
  public var agrees: Bool {
    failure == nil && findings.allSatisfy { $0.difference == nil }
  }
}
