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
    try trainer(seed).check(state.training, imageCount: data.description.counts.training)
    let epochs = state.training.progress.epoch
    guard state.history.records.map(\.epoch).elementsEqual(1..<(epochs + 1)) else {
      throw StateMismatch("its history is not of \(epochs) epochs")
    }
    return state
  }
}
