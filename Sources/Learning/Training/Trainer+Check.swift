import Tensors

extension Trainer {
  /// Checks that `state` can be one of this trainer on `imageCount` images, so that all that reads it can rely on that:
  /// it comes from a file that may be damaged, or forged.
  ///
  /// - Throws: `StateMismatch`, or a `JSONError` if the memory of a callback is another's.
  package func check(_ state: TrainingState, imageCount: Int) throws {
    let length = training.length(imageCount: imageCount)
    try check(
      state.progress, training.passes(imageCount: imageCount), stepsPerEpoch: length.stepsPerEpoch)
    let steps = state.progress.epoch.multipliedReportingOverflow(by: length.stepsPerEpoch)
    guard !steps.overflow,
      state.program.step == steps.partialValue &+ state.progress.current.step
    else { throw StateMismatch("\(state.program.step) steps are not those of its epochs") }
    try check(state.program.parameters, graph.parameters)
    let learned = graph.parameters.filter(\.parameter.isLearned)
    guard state.program.slots.count == optimizer.updateRule.slotCount else {
      throw StateMismatch("it is of another optimizer")
    }
    for slot in state.program.slots { try check(slot, learned) }
    try check(state.callbacks, after: state.progress.epoch)
  }

  private func check(
    _ progress: TrainingProgress, _ passes: TrainingPasses, stepsPerEpoch: Int
  ) throws {
    let current = progress.current
    let seconds = [progress.seconds, progress.trainingSeconds, current.seconds]
    guard (0...training.epochs).contains(progress.epoch),
      (0...stepsPerEpoch).contains(current.step),
      current.imageCount
        == passes.imageCount(inSteps: current.step, after: progress.epoch * stepsPerEpoch),
      (0...current.imageCount).contains(current.correctCount), current.lossSum.isFinite,
      seconds.allSatisfy({ (0...Self.mostSeconds).contains($0) })
    else { throw StateMismatch("its progress is impossible") }
  }

  /// A thousand years.
  private static let mostSeconds = 3.2e10

  private func check(_ memory: CallbackMemory, after epoch: Int) throws {
    guard memory.callbacks.count == callbacks.count,
      (Array(memory.kept.keys) + memory.averages.keys).allSatisfy(callbacks.indices.contains)
    else { throw StateMismatch("it is of other callbacks") }
    for (callback, saved) in zip(callbacks, memory.callbacks) {
      var callback = callback.makeCallback()
      try callback.restore(saved)
    }
    for kept in memory.kept.values {
      guard (0...epoch).contains(kept.epoch) else {
        throw StateMismatch("weights of epoch \(kept.epoch) are kept after epoch \(epoch)")
      }
      try check(kept.parameters, graph.parameters)
    }
    for average in memory.averages.values { try check(average, graph.parameters) }
    if let trained = memory.trained { try check(trained, graph.parameters) }
    guard memory.learningRateFactor.isFinite, memory.learningRateFactor >= 0 else {
      throw StateMismatch("its learning rate is impossible")
    }
  }

  /// Checks that `tensors` are those of `parameters`, in their order.
  private func check(
    _ tensors: NamedTensors, _ parameters: [(name: String, parameter: Parameter)]
  ) throws {
    guard tensors.entries.count == parameters.count else {
      throw StateMismatch("\(tensors.entries.count) tensors stand for \(parameters.count)")
    }
    for (entry, parameter) in zip(tensors.entries, parameters) {
      guard entry.name == parameter.name else {
        throw StateMismatch("another tensor stands where '\(parameter.name)' should")
      }
      guard entry.tensor.shape == parameter.parameter.shape else {
        throw StateMismatch(
          "'\(entry.name)' has shape \(entry.tensor.shape) instead of \(parameter.parameter.shape)")
      }
    }
  }
}
