import Metrics
import Records
import Tensors

/// What a run comes to, and every repetition of it has to come to again.
struct RunProducts {
  /// nil of runs made before there were traces.
  var trace: [Trace.Row]?
  var history: [EpochRecord]
  /// nil if training goes on.
  var end: End?

  /// What there is once training is over.
  struct End {
    let weights: (tensors: NamedTensors, bytes: [UInt8])
    let predictions: PredictionTable
    let results: Results
  }

  /// Reads what the complete run in `folder` came to. Throws `StorageError`, `DamagedFileError`.
  init(of folder: RunFolder) throws {
    trace = folder.contains(.trace) ? try folder.traceRows() : nil
    history = try folder.history().records
    end = End(
      weights: try folder.weights(), predictions: try folder.predictions(),
      results: try folder.results())
  }

  private init(_ state: SavedState) throws {
    trace = try state.trace.rows()
    history = state.history.records
  }

  private init() { (trace, history) = ([], []) }

  /// What the run in `folder`, which this process stopped, came to until it last saved its state, and the epochs done
  /// by then.
  static func ofUnfinishedRun(in folder: RunFolder) throws -> (RunProducts, epoch: Int) {
    var problem: (any Error)?
    let state = try folder.readState(SavedState.init) { problem = $0 }
    if let problem { throw problem }
    return try state.map { (try RunProducts($0), $0.position.epoch) } ?? (RunProducts(), 0)
  }

  /// What it came to after `epoch`.
  func first(_ epoch: Int) -> RunProducts {
    var part = self
    part.trace = trace?.filter { $0.epoch <= epoch }
    part.history = history.filter { $0.epoch <= epoch }
    part.end = nil
    return part
  }
}
