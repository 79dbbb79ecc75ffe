import Diagnostics
import Glibc
import Learning

/// Batch normalization whose moving statistics are still what they began with when training ends.
enum SlowStatistics: WarningRule {
  /// The largest share of the initial statistics that is left without a warning.
  private static let largestRest = 0.1

  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    // Statistics from a file are right from the start, those of an average of weights are gathered anew.
    guard let length = plan.length, plan.sections.model?.weights == nil,
      !plan.sections.callbacks.contains(where: { $0.value is StochasticWeightAveraging })
    else { return }
    for layer in plan.batchNormalizations {
      let rest = pow(layer.momentum, Double(length.steps))
      guard rest > largestRest else { continue }
      let steps = length.steps == 1 ? "the only step" : "all \(length.steps) steps"
      diagnostics.warning(
        .slowStatistics,
        "after \(steps) the moving mean and variance are still \(Int((100 * rest).rounded())) % "
          + "what they began with",
        at: layer.$momentum.location,
        hint: "validation and test use them: lower 'momentum', such as to 0.9, or take more steps")
      return
    }
  }
}

extension CheckedPlan {
  /// The batch normalizations that training changes.
  var batchNormalizations: [BatchNormalization] {
    (sections.model?.layers ?? []).filter(\.common.trainable).compactMap {
      $0.value as? BatchNormalization
    }
  }
}
