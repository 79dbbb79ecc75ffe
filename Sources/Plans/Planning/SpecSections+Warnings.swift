import Datasets
import Diagnostics
import Learning

/// Settings that are no mistake for certain, but hardly meant.
extension SpecSections {
  /// Warns of learning rates that nothing is learned with.
  func warnOfLearningRate(_ diagnostics: inout Diagnostics) {
    guard let optimizer else { return }
    let usual = type(of: optimizer.value).init().learningRate.stated
    optimizer.value.learningRate.warnOfExtremes(
      at: optimizer.value.learningRateField.location,
      hint: usual.first.map {
        "'\(type(of: optimizer.value).type)' has \($0.rate) unless told otherwise"
      },
      &diagnostics)
  }

  /// Warns of callbacks that stand there twice, and of those whose time never comes.
  func warnOfCallbacks(_ diagnostics: inout Diagnostics) {
    for (index, callback) in callbacks.enumerated() {
      let name = "'\(type(of: callback.value).type)'"
      // Two that save or average weights are an error, equal or not.
      if !(callback.value is ModelCheckpoint), !callback.value.averagesParameters,
        let first = callbacks[..<index].first(where: { $0.tree == callback.tree })
      {
        let isWatching = callback.value.monitorField != nil
        diagnostics.warning(
          .repeatedCallback, "another \(name) does the very same", at: callback.location,
          notes: [.init("it is here", at: first.location)],
          hint: "remove one of them" + (isWatching ? ", or let it watch another 'monitor'" : ""))
      }
      let isLate = callback.value.firstEpoch.map { $0.epoch > training?.epochs ?? .max } ?? false
      if !isLate, let first = callback.value.firstEffect, let training,
        first.epoch > training.epochs
      {
        diagnostics.warning(
          .idleCallback,
          "\(name) can make no difference before epoch \(first.epoch), but there are only "
            + "\(training.epochs)",
          at: first.location,
          hint: "lower '\(first.key)', or leave the callback out")
      }
    }
  }

  /// Warns of weights that make rare classes count more where they are drawn as often as others already.
  func warnOfBalance(_ diagnostics: inout Diagnostics) {
    guard let settings = loss?.value.settings, settings.classWeight == .balanced,
      training?.sampling == .balanced
    else { return }
    diagnostics.warning(
      .repeatedBalance, "the weights do nothing: balanced sampling draws as many of each class",
      at: settings.$classWeight.location,
      notes: [.init("it is asked for here", at: training?.$sampling.location)],
      hint: "remove one of them")
  }

  /// Warns of batches that are larger than all images together.
  func warnOfBatches(_ split: SplitCounts, _ diagnostics: inout Diagnostics) {
    guard let training, training.batchSize > split.training else { return }
    diagnostics.warning(
      .largeBatch,
      "a batch of \(training.batchSize) images is larger than the \(split.training) to train on",
      at: training.$batchSize.location,
      hint: "each epoch is a single step; a smaller 'batch_size' makes more of them")
  }

  /// Warns of augmentation that makes other digits of digits.
  func warnOfAugmentation(_ diagnostics: inout Diagnostics) {
    guard let data, type(of: data.dataset.value).showsDigits else { return }
    AugmentationCatalog.warnOfConfusion(in: augmentation, &diagnostics)
  }
}
