import Learning
import Plans
import Records
import Tensors

extension ExperimentPlan {
  /// True if its runs have a file with the weights of their last epoch.
  var savesLastWeights: Bool {
    spec.callbacks.contains { ($0.value as? ModelCheckpoint)?.saveLast == true }
  }
}

/// The most bytes that files of a run can have: they may be somebody else's, and of any size.
extension ExperimentPlan {
  /// Those of trace.csv: a row for the loss of each step, and at most one for each parameter.
  var largestTrace: Int {
    let steps = spec.training.length(imageCount: split.training).steps
    let (size, isTooLarge) = steps.multipliedReportingOverflow(
      by: 256 * (1 + graph.parameters.count))
    return isTooLarge ? .max : min(size, RunFile.trace.limit) + 256
  }

  /// Those of a saved state: history and trace, the parameters and those that an average stands for, and what the
  /// optimizer and each callback keep beside them.
  var largestState: Int {
    let sets = 2 + spec.optimizer.value.updateRule.slotCount + 2 * spec.callbacks.count
    return sets * graph.largestFile + min(largestTrace, RunFile.trace.limit) + RunFile.history.limit
  }
}
