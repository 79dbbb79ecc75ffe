import Documents
import Metrics
import Plans
import Records
import Tensors

/// The products of a run that every repetition of it must reproduce.
struct RunProducts {
  var trace: [Trace.Row]
  var history: [EpochRecord]
  /// The final products; nil if training is not over.
  var end: End?

  /// The products that exist once training is over.
  struct End {
    let weights: WeightsOfRun
    /// Those of the last epoch; nil if the run does not save them.
    let lastWeights: WeightsOfRun?
    let predictions: PredictionTable
    let results: Results
    /// All of results.json.
    let resultsTree: PlainValue
  }

  /// Reads the products of the complete run of `plan` in `folder`. Throws `StorageError`, `DamagedFileError`.
  init(of folder: RunFolder, _ plan: ExperimentPlan, _ data: Manifest.DataSummary) throws {
    trace = try folder.traceRows(limit: plan.largestTrace)
    history = try folder.history(epochs: plan.spec.training.epochs).records
    end = End(
      weights: try folder.weights(of: plan.graph),
      lastWeights: plan.savesLastWeights
        ? try folder.weights(of: plan.graph, in: .lastWeights) : nil,
      predictions: try folder.predictions(of: data),
      results: try folder.results(), resultsTree: try folder.resultsTree())
  }

  private init(_ state: SavedState) throws {
    trace = try state.trace.rows()
    history = state.history.records
  }

  private init() {
    trace = []
    history = []
  }

  /// Reads the products of the run in `folder`, which this process stopped, up to its last saved state, and the number
  /// of epochs done by then.
  static func ofUnfinishedRun(
    in folder: RunFolder, _ plan: ExperimentPlan
  ) throws -> (RunProducts, epoch: Int) {
    var problem: (any Error)?
    let state = try folder.readState(limit: plan.largestState, SavedState.init) {
      problem = $0
    }
    if let problem { throw problem }
    return try state.map { (try RunProducts($0), $0.position.epoch) } ?? (RunProducts(), 0)
  }

  /// The products of the epochs up to `epoch`.
  func first(_ epoch: Int) -> RunProducts {
    var part = self
    part.trace = trace.filter { $0.epoch <= epoch }
    part.history = history.filter { $0.epoch <= epoch }
    part.end = nil
    return part
  }
}
