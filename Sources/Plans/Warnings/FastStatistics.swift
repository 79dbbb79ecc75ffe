import Diagnostics
import Learning

/// Batch normalization whose moving statistics forget all but the last batches.
enum FastStatistics: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    for layer in plan.batchNormalizations where layer.momentum < 0.5 {
      diagnostics.warning(
        .fastStatistics,
        "each step leaves only \(Int((100 * layer.momentum).rounded())) % of the moving mean "
          + "and variance",
        at: layer.$momentum.location,
        hint: "what PyTorch calls 'momentum: 0.1' is 'momentum: 0.9' here, as in Keras")
    }
  }
}
