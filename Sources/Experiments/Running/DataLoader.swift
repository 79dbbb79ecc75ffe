import Datasets
import Specs

/// Loads the data of plans, one after the other: plans that differ in something else share it.
public struct DataLoader {
  private var last: (section: SpecTree, data: PreparedData)?

  public init() {}

  /// The data of `plan`. Throws what `DataSpec.prepare` throws.
  public mutating func data(of plan: ExperimentPlan) throws -> PreparedData {
    let section = plan.spec.data.tree
    if let last, last.section == section { return last.data }
    last = nil  // two large datasets need not fit into memory at once
    let data = try plan.spec.data.prepare(from: plan.locations)
    last = (section, data)
    return data
  }
}
