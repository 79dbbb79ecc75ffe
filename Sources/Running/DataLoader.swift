import Datasets
import Documents
import Plans

/// Loads the data of plans, one after the other. Consecutive plans with the same data share it.
package final class DataLoader {
  private var last: (section: PlainValue, data: PreparedData)?
  /// The dataset from which that was prepared: folds divide the same one in other ways.
  private var loaded: (section: PlainValue, dataset: LoadedDataset)?
  /// The digests of data known so far, by the datasets' sections in specs.
  private var digests: [String: DataDigest] = [:]

  package init() {}

  /// The digest of the data of `plan`, as it is when this is first asked for. Throws what `DatasetSpec.digest` throws.
  package func digest(of plan: ExperimentPlan) throws -> DataDigest {
    let dataset = plan.spec.data.dataset
    let key = dataset.tree.canonicalJSON
    if let known = digests[key] { return known }
    let digest = try dataset.value.digest(in: plan.locations)
    digests[key] = digest
    return digest
  }

  /// True if the data of `plan` is here.
  func has(_ plan: ExperimentPlan) -> Bool { last?.section == plan.spec.data.tree }

  /// The data of `plan`. Throws what `DataSpec.prepare` throws, and a `Diagnostic` if training cannot draw from it.
  package func data(of plan: ExperimentPlan) throws -> PreparedData {
    if let last, has(plan) { return last.data }
    last = nil  // two large datasets need not fit into memory at once
    let data = try plan.spec.data.prepare(dataset(of: plan))
    _ = try plan.draws(from: data)
    last = (plan.spec.data.tree, data)
    digests[plan.spec.data.dataset.tree.canonicalJSON] = data.description.source
    return data
  }

  private func dataset(of plan: ExperimentPlan) throws -> LoadedDataset {
    let section = plan.spec.data.dataset
    if let loaded, loaded.section == section.tree { return loaded.dataset }
    loaded = nil
    let dataset = try section.value.load(from: plan.locations)
    // Other data would take its place in memory, but is seldom asked for.
    if plan.spec.data.folds != nil { loaded = (section.tree, dataset) }
    return dataset
  }
}
