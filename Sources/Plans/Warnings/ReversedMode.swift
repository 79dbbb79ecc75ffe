import Diagnostics
import Learning
import Metrics

/// Modes that take the worst epoch for the best.
enum ReversedMode: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    for callback in plan.sections.callbacks {
      guard let monitor = callback.value.monitorField?.wrappedValue,
        let mode = callback.value.modeField,
        let higherIsBetter = EpochRecord.higherIsBetter(monitor),
        mode.wrappedValue == (higherIsBetter ? .min : .max)
      else { continue }
      diagnostics.warning(
        .reversedMode,
        "'mode: \(mode.wrappedValue.rawValue)' takes the \(higherIsBetter ? "lowest" : "highest") "
          + "'\(monitor)' for the best, but \(higherIsBetter ? "more" : "less") is better",
        at: mode.location, hint: "leave 'mode' out: 'auto' knows the metric's direction")
    }
  }
}
