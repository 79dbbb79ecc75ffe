import Diagnostics
import Learning

/// Callbacks whose time never comes.
enum IdleCallback: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    guard let training = plan.sections.training else { return }
    for callback in plan.sections.callbacks {
      // One that cannot act at all is an error.
      let isLate = callback.value.firstEpoch.map { $0.epoch > training.epochs } ?? false
      guard !isLate, let first = callback.value.firstEffect, first.epoch > training.epochs else {
        continue
      }
      diagnostics.warning(
        .idleCallback,
        "'\(callback.type)' can make no difference before epoch \(first.epoch), but there are only "
          + "\(training.epochs)",
        at: first.location, hint: "lower '\(first.key)', or leave the callback out")
    }
  }
}
