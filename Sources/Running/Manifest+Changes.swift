import Datasets
import Plans
import Records

/// What is no longer as it was when a run was made, in words.
extension Manifest {
  /// Whether its resolved spec is another; `plan` is what is there now.
  func change(of plan: ExperimentPlan) -> String? {
    plan.specHash == specHash
      ? nil : "resolved.yaml is not what the run used: its hash is now \(plan.specHash)"
  }

  /// The files whose contents are not what they were, a line each; `data` is what is there now.
  func changes(of data: DataDescription) -> [String] {
    self.data.checksums.filter { data.checksums[$0.file] != $0.sha256 }
      .map { "the data has changed: \($0.file)" }
  }

  /// Why results may not be the same to the bit: what decides about rounding, a line each.
  func differences(from context: RunContext) -> [String] {
    let (then, now) = (machine, context.machine)
    return [
      ("the processor", then.cpu, now.cpu),
      ("the instruction set", then.instructionSet, now.instructionSet),
      ("oneDNN", then.oneDNNVersion, now.oneDNNVersion),
      ("exp", expVersion, context.expVersion),
    ].filter { $0.1 != $0.2 }.map { "\($0) was \($1), and is now \($2)" }
  }
}
