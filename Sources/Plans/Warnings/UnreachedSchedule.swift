import Diagnostics
import Learning

/// Schedules that change the learning rate after training has ended.
enum UnreachedSchedule: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    guard let rate = plan.sections.optimizer?.value.learningRate, let length = plan.length else {
      return
    }
    rate.warnOfPoints(beyond: length, &diagnostics)
  }
}
