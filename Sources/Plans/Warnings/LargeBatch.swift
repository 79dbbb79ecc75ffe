import Diagnostics

/// Batches that are larger than all images together.
enum LargeBatch: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    guard let training = plan.sections.training, let split = plan.split,
      training.batchSize > split.training
    else { return }
    diagnostics.warning(
      .largeBatch,
      "a batch of \(training.batchSize) images is larger than the \(split.training) to train on",
      at: training.$batchSize.location,
      hint: "each epoch is a single step; a smaller 'batch_size' makes more of them")
  }
}
