import Datasets
import Plans
import Records

/// What is no longer as it was when a run was made, in words.
extension Manifest {
  /// The change of its resolved spec, in words; `plan` is what is there now.
  func change(of plan: ExperimentPlan) -> String? {
    let now = DataDigest(data).map(plan.specHash)
    return now == specHash
      ? nil : "resolved.yaml is not what the run used: its hash is now \(now ?? "unknown")"
  }

  /// The contents that are not what they were, a line each; `data` is what is there now.
  func changes(of data: DataDescription) -> [String] {
    [(Manifest.DataPart.training, data.source.training), (.test, data.source.test)]
      .flatMap { part, now in
        let then = self.data.contents(of: part)
        return [("images", then?.pixels == now.pixels), ("labels", then?.labels == now.labels)]
          .filter { !$0.1 }.map { "the data has changed: the \(part.rawValue) \($0.0)" }
      }
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
