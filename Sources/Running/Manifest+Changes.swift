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

  /// The differences of processor and programs that affect rounding, so that results may differ in their bits, a line
  /// each.
  func differences(from context: RunContext) -> [String] {
    processorDifferences(from: context) + programDifferences(from: context)
  }

  /// Those of the processor on which the run was last.
  func processorDifferences(from context: RunContext) -> [String] {
    let (then, now) = (lastProcessor, context.machine.processor)
    return Self.differences([
      ("the processor", then.cpu, now.cpu),
      ("the instruction set", then.instructionSet, now.instructionSet),
    ])
  }

  /// Those of the programs.
  func programDifferences(from context: RunContext) -> [String] {
    Self.differences([
      ("oneDNN", machine.oneDNNVersion, context.machine.oneDNNVersion),
      ("exp", expVersion, context.expVersion),
    ])
  }

  private static func differences(_ facts: [(name: String, then: String, now: String)]) -> [String]
  {
    facts.filter { $0.then != $0.now }.map { "\($0) was \($1), and is now \($2)" }
  }

  /// The kind of processor for which the stopped run waits, since it cannot go on in `context`; nil if it can, or could
  /// on no processor.
  func awaitedProcessor(in context: RunContext) -> Processor? {
    let isOfAnother = !context.takesAnyProcessor && lastProcessor != context.machine.processor
    return isOfAnother && programDifferences(from: context).isEmpty ? lastProcessor : nil
  }
}
