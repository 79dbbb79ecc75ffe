import Metrics
import Tensors

/// The callbacks of a run, and the parameters remembered for each.
///
/// Every event of the run goes first to the observer, so that it is recorded before it has consequences, and then to
/// the callbacks, whose requests are executed at once.
final class CallbackList {
  private var callbacks: [any Callback]
  private let program: any Program
  private let graph: Graph
  private let observe: (RunEvent) throws -> Void
  /// The columns that callbacks monitor and no warning has named yet, with the type of the first that does.
  private var monitored: [String: String] = [:]
  /// The reason why a monitored column has no value.
  private let absence: (String) -> String
  /// The epoch that was done last.
  private var epoch = 0
  /// The steps of the epoch that was done last.
  private var batches: [Batch] = []
  private var kept: [Int: KeptParameters] = [:]
  private var averages: [Int: ParameterAverage] = [:]
  /// The parameters with which training continues, while an average is in their place.
  private var trained: NamedTensors?
  /// The epoch of the parameters in memory, if a callback restored earlier ones.
  private var restoredEpoch: Int?
  /// The callback whose parameters are to be scored.
  private var scored: Int?
  /// The factor by which the callbacks multiply the learning rate.
  private(set) var learningRateFactor = 1.0
  /// The reason why a callback wants training to end.
  private(set) var stopReason: String?

  init(
    _ specs: [any CallbackSpec], program: any Program, graph: Graph,
    absence: @escaping (String) -> String = { _ in "it has no value" },
    observe: @escaping (RunEvent) throws -> Void
  ) {
    callbacks = specs.map { $0.makeCallback() }
    self.program = program
    self.graph = graph
    self.absence = absence
    self.observe = observe
    for spec in specs.reversed() {
      if let field = spec.monitorField { monitored[field.wrappedValue] = type(of: spec).type }
    }
  }

  /// The memory of all callbacks between two steps.
  func memory() throws -> CallbackMemory {
    CallbackMemory(
      callbacks: try callbacks.map { try $0.savedMemory() }, kept: kept,
      averages: averages.compactMapValues(\.average), trained: trained,
      learningRateFactor: learningRateFactor, stopReason: stopReason)
  }

  /// Restores `memory`, taken after `epoch`, which has been checked. Throws if a callback's is of another one.
  func restore(_ memory: CallbackMemory, after epoch: Int) throws {
    for index in callbacks.indices { try callbacks[index].restore(memory.callbacks[index]) }
    kept = memory.kept
    averages = memory.averages.mapValues { ParameterAverage(of: graph, average: $0) }
    trained = memory.trained
    learningRateFactor = memory.learningRateFactor
    stopReason = memory.stopReason
    self.epoch = epoch
  }

  /// Passes `event` to the observer and every callback, and executes the actions that they return.
  func tell(_ event: RunEvent) throws {
    if case .epochTrained(let number, let steps) = event { (epoch, batches) = (number, steps) }
    try observe(event)
    if case .epochEnded(let record) = event { try warnOfAbsence(in: record) }
    for index in callbacks.indices {
      for action in callbacks[index].respond(to: event) { try perform(action, of: index) }
    }
  }

  /// Restores the parameters with which training continues, if an average took their place.
  func resumeTraining() throws {
    guard let trained else { return }
    try program.load(trained)
    self.trained = nil
  }

  /// Warns, once, of each monitored column without a value, for which a callback would wait forever.
  private func warnOfAbsence(in record: EpochRecord) throws {
    for (column, type) in monitored.sorted(by: { $0.key < $1.key }) where record[column] == nil {
      monitored[column] = nil
      try tell(
        .note(
          "warning: \(column) is undefined here: \(absence(column)); '\(type)' does nothing without it"
        ))
    }
  }

  private func perform(_ action: CallbackAction, of index: Int) throws {
    switch action {
    case .keepParameters:
      kept[index] = KeptParameters(epoch: epoch, parameters: try program.parameters())
    case .saveParameters(let count):
      let parameters = try program.parameters()
      kept[index] = KeptParameters(epoch: epoch, parameters: parameters)
      try tell(.parametersSaved(parameters, epoch: epoch, keepingLast: count))
    case .saveLastParameters:
      try tell(.lastParametersSaved(try program.parameters(), epoch: epoch))
    case .restoreKeptParameters:
      guard let kept = kept[index] else { return }
      try program.load(kept.parameters)
      restoredEpoch = kept.epoch
    case .scoreKeptParameters: if kept[index] != nil { scored = index }
    case .moveAverage(let weight):
      averages[index, default: ParameterAverage(of: graph)]
        .move(to: try program.parameters(), weight: weight)
    case .useAverage:
      let parameters = try program.parameters()
      trained = trained ?? parameters
      try program.load(averages[index]?.replacing(parameters) ?? parameters)
    case .recomputeStatistics: try program.recomputeStatistics(batches)
    case .scaleLearningRate(let factor):
      learningRateFactor *= factor
      try tell(.note("after epoch \(epoch) the learning rate is \(Float(factor)) times as high"))
    case .stop(let reason): stopReason = stopReason ?? reason
    }
  }

  /// Loads the parameters that count into the program, and returns the epoch after which it had them.
  func settle() throws -> Int {
    guard let scored, let kept = kept[scored] else { return restoredEpoch ?? epoch }
    try program.load(kept.parameters)
    return kept.epoch
  }
}
