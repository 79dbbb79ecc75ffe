import Datasets
import Documents
import Plans

/// Loads the data of plans, one after the other: plans that differ in something else share it.
package struct DataLoader {
  private var last: (section: PlainValue, data: PreparedData)?

  package init() {}

  /// Whether the data of `plan` is here.
  func has(_ plan: ExperimentPlan) -> Bool { last?.section == plan.spec.data.tree }

  /// The data of `plan`. Throws what `DataSpec.prepare` throws.
  package mutating func data(of plan: ExperimentPlan) throws -> PreparedData {
    if let last, has(plan) { return last.data }
    last = nil  // two large datasets need not fit into memory at once
    let data = try plan.spec.data.prepare(from: plan.locations)
    last = (plan.spec.data.tree, data)
    return data
  }
}
