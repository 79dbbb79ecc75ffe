import Datasets
import Plans
import Records

/// The changes since a run was made, in words.
extension Manifest {
  /// The change of its resolved spec compared with `plan`, which is read from it now; nil if there is none.
  func change(of plan: ExperimentPlan) -> String? {
    let now = DataDigest(data).map(plan.specHash)
    return now == specHash
      ? nil : "resolved.yaml is not what the run used: its hash is now \(now ?? "unknown")"
  }

  /// The changes of the data compared with `data`, which is there now, a line each.
  func changes(of data: DataDescription) -> [String] {
    guard data.source.imageShape == self.data.imageShape else {
      return ["the data has changed: its images are \(data.imageShape)"]
    }
    let now = Self.DataSummary(data)
    return [DataPart.training, .validation, .test].flatMap { part -> [String] in
      let (then, now) = (self.data.contents(of: part), now.contents(of: part))
      if then?.count != now?.count {
        return ["the data has changed: the number of \(part.rawValue) images"]
      }
      return [
        ("images", then?.pixels == now?.pixels), ("labels", then?.labels == now?.labels),
        ("groups", then?.groups == now?.groups),
      ].filter { !$0.1 }.map { "the data has changed: the \(part.rawValue) \($0.0)" }
    }
  }

  /// The differences of machine and libraries that affect rounding, so that results may differ in their bits, a line
  /// each.
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
