import Diagnostics
import Learning

/// Learning rates that nothing is learned with.
enum ExtremeLearningRate: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    guard let optimizer = plan.sections.optimizer else { return }
    let type = Swift.type(of: optimizer.value)
    let usual = type.init().learningRate.stated
    optimizer.value.learningRate.warnOfExtremes(
      atMost: type.largestRate, at: optimizer.value.learningRateField.location,
      hint: usual.first.map { "'\(type.type)' has \($0.rate) unless told otherwise" },
      &diagnostics)
  }
}
