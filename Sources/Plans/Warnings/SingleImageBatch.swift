import Diagnostics
import Learning

/// Batch normalization of single images.
enum SingleImageBatch: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    guard let training = plan.sections.training, let images = plan.split?.training,
      !plan.batchNormalizations.isEmpty
    else { return }
    let size = min(training.batchSize, images)
    let isFlat =
      plan.layers?.layers.contains {
        $0.type == BatchNormalization.type && !$0.isFrozen && $0.outputShape.isFlat
      } ?? false
    // A vector of a single image has no variance at all, an image that of its pixels.
    guard size == 1 || isFlat && images % size == 1 else { return }
    diagnostics.warning(
      .singleImageBatch,
      size == 1
        ? "batch normalization has batches of one image"
        : "batch normalization has one image in the last batch of each epoch: \(images) images are "
          + "\(images / size) batches of \(size), and 1",
      at: training.$batchSize.location,
      hint: size == 1
        ? "take a larger 'batch_size', or 'group_normalization', which needs no batch"
        : "take another 'batch_size'")
  }
}
