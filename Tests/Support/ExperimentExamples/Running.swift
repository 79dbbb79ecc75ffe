import Plans
import Records
import ReferenceBackend
import Running

/// A runner of `plan` with its data, on the reference backend.
package func runner(_ plan: ExperimentPlan) throws -> Runner {
  let loader = DataLoader()
  return Runner(plan, data: try loader.data(of: plan), backend: ReferenceBackend())
}

extension RunContext {
  /// A command that puts runs into the folder `root`.
  package static func example(
    _ root: String, cpu: String = "Zen", takesAnyProcessor: Bool = false, expVersion: String = "0"
  ) -> RunContext {
    RunContext(
      command: ["exp"], started: .now, outputDirectory: root,
      machine: Machine(cpu: cpu, instructionSet: "none", threads: 1, oneDNNVersion: "none"),
      takesAnyProcessor: takesAnyProcessor, expVersion: expVersion, gitCommit: nil)
  }
}
