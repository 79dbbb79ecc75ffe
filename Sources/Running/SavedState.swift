import Learning
import Records
import Tensors

/// The state from which a run resumes: training, and its records so far.
struct SavedState: Equatable {
  let training: TrainingState
  let history: History
  let trace: Trace

  var position: StatePosition {
    StatePosition(epoch: training.progress.epoch, step: training.progress.current.step)
  }

  /// A safetensors file with all of it.
  func encoded() throws -> [UInt8] {
    let (tensors, text) = try training.encoded()
    return try Safetensors.encode(
      tensors, metadata: ["training": text, "history": history.csv, "trace": trace.csv])
  }
}

extension SavedState {
  /// The state in `bytes`, the result of `encoded`, as it stands there; see `Runner.savedState`. Throws if they are
  /// damaged.
  init(_ bytes: [UInt8]) throws {
    let metadata = try Safetensors.metadata(bytes)
    self.init(
      training: try TrainingState(
        tensors: Safetensors.decode(bytes), text: metadata["training"] ?? ""),
      history: try History(csv: metadata["history"] ?? ""),
      trace: Trace(csv: metadata["trace"] ?? ""))
  }
}

extension Runner {
  /// The state in `bytes`, which this run can have reached: the file may be damaged, or forged. Throws if it cannot be.
  func savedState(_ bytes: [UInt8], seed: Int) throws -> SavedState {
    let state = try SavedState(bytes)
    try trainer(seed).check(state.training, imageCount: data.description.trainingCount)
    let epochs = state.training.progress.epoch
    guard state.history.records.map(\.epoch).elementsEqual(1..<(epochs + 1)) else {
      throw StateMismatch("its history is not of \(epochs) epochs")
    }
    return state
  }

  /// The most bytes that a saved state of one of these runs can have.
  var largestState: Int {
    // Parameters, those that an average stands for, and what the optimizer and each callback keep beside them.
    let sets = 2 + plan.spec.optimizer.value.updateRule.slotCount + 2 * plan.spec.callbacks.count
    let steps = plan.spec.training.length(imageCount: data.description.trainingCount).steps
    let rowsOfStep = 1 + plan.graph.parameters.count
    let (text, isTooLarge) = steps.multipliedReportingOverflow(by: 256 * rowsOfStep)
    let largestTrace = isTooLarge ? RunFile.trace.limit : min(text, RunFile.trace.limit)
    return sets * plan.graph.largestFile + largestTrace + RunFile.history.limit
  }
}
