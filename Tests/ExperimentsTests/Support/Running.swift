import Experiments
import ReferenceBackend

/// A runner of `plan` with its data, on the reference backend.
func runner(_ plan: ExperimentPlan, _ context: RunContext) throws -> Runner {
  var loader = DataLoader()
  return Runner(
    plan, data: try loader.data(of: plan), backend: ReferenceBackend(), context: context)
}
