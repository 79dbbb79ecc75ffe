import Diagnostics

/// Weights that make rare classes count more where they are drawn as often as others already.
enum RepeatedBalance: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    guard let settings = plan.sections.loss?.value.settings, settings.classWeight == .balanced,
      let training = plan.sections.training, training.sampling == .balanced
    else { return }
    diagnostics.warning(
      .repeatedBalance, "the weights do nothing: balanced sampling draws as many of each class",
      at: settings.$classWeight.location,
      notes: [.init("it is asked for here", at: training.$sampling.location)],
      hint: "remove one of them")
  }
}
