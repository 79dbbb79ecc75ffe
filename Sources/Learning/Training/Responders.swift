import Tensors

/// The callbacks of a run, and the parameters remembered for each.
struct Responders {
  private var callbacks: [any Callback]
  private var kept: [Int: (epoch: Int, parameters: NamedTensors)] = [:]
  /// The epoch of the parameters in memory, where a callback went back to earlier ones.
  private var restoredEpoch: Int?
  /// The callback whose parameters are to be scored.
  private var scored: Int?
  /// Why a callback wants training to end.
  private(set) var stopReason: String?

  init(_ callbacks: [any Callback]) { self.callbacks = callbacks }

  /// Tells every callback of `event`, and does what they ask.
  mutating func respond(
    to event: RunEvent, _ program: any Program, epoch: Int, _ observe: (RunEvent) throws -> Void
  ) throws {
    for index in callbacks.indices {
      for action in callbacks[index].respond(to: event) {
        switch action {
        case .keepParameters: kept[index] = (epoch, try program.parameters())
        case .saveParameters:
          let parameters = try program.parameters()
          kept[index] = (epoch, parameters)
          try observe(.parametersSaved(parameters, epoch: epoch))
        case .restoreKeptParameters:
          guard let kept = kept[index] else { continue }
          try program.load(kept.parameters)
          restoredEpoch = kept.epoch
        case .scoreKeptParameters: if kept[index] != nil { scored = index }
        case .stop(let reason): stopReason = stopReason ?? reason
        }
      }
    }
  }

  /// Loads the parameters that count into `program`, and returns the epoch after which it had them.
  func settle(_ program: any Program, lastEpoch: Int) throws -> Int {
    guard let scored, let kept = kept[scored] else { return restoredEpoch ?? lastEpoch }
    try program.load(kept.parameters)
    return kept.epoch
  }
}
