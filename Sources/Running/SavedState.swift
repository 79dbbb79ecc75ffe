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
  /// The state in `bytes`, the result of `encoded`. Throws if they are damaged.
  init(_ bytes: [UInt8]) throws {
    let metadata = try Safetensors.metadata(bytes)
    self.init(
      training: try TrainingState(
        tensors: Safetensors.decode(bytes), text: metadata["training"] ?? ""),
      history: try History(csv: metadata["history"] ?? ""),
      trace: Trace(csv: metadata["trace"] ?? ""))
  }
}
