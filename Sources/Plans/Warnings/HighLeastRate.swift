import Diagnostics
import Learning

/// Least learning rates that are no lower than those that training has anyway.
enum HighLeastRate: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    guard let highest = plan.sections.optimizer?.value.learningRate.stated.map(\.rate).max()
    else { return }
    for callback in plan.sections.callbacks {
      guard let plateau = callback.value as? ReduceLROnPlateau,
        plateau.minLearningRate >= highest
      else { continue }
      diagnostics.warning(
        .highLeastRate,
        "'min_lr' is not below the learning rate, which is never lowered then",
        at: plateau.$minLearningRate.location, hint: "lower 'min_lr', or leave it out")
    }
  }
}
