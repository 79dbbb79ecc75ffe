import Documents
import Tensors

/// The complete state from which training resumes as if it had never stopped.
package struct TrainingState: Equatable, Sendable {
  /// The progress of training.
  package let progress: TrainingProgress
  /// The state of the network and its optimizer.
  package let program: ProgramState
  /// The memory of the callbacks.
  let callbacks: CallbackMemory
}

/// The memory of a run's callbacks, and the parameters remembered for them.
struct CallbackMemory: Equatable, Sendable {
  /// The memory of each callback as JSON, in their order.
  var callbacks: [String]
  /// The parameters kept for callbacks, by the callback's number.
  var kept: [Int: KeptParameters]
  /// The averages made for callbacks, likewise.
  var averages: [Int: NamedTensors]
  /// The parameters with which training continues, while an average is in their place.
  var trained: NamedTensors?
  /// The factor by which the learning rate is multiplied.
  var learningRateFactor: Double
  /// The reason why a callback wants training to end.
  var stopReason: String?
}

/// Parameters that a callback had kept.
struct KeptParameters: Equatable, Sendable {
  /// The epoch after which the network had them.
  let epoch: Int
  let parameters: NamedTensors
}

// MARK: as tensors and text

extension TrainingState {
  /// The contents of a safetensors file: all numbers as tensors, and the rest as text.
  package func encoded() throws -> (tensors: NamedTensors, text: String) {
    var tensors = NamedTensors()
    func add(_ set: NamedTensors, _ name: String) {
      tensors.entries += set.entries.map { .init(name: "\(name)/\($0.name)", tensor: $0.tensor) }
    }
    add(program.parameters, SetName.parameters)
    for (slot, set) in program.slots.enumerated() { add(set, SetName.slot(slot)) }
    for (index, kept) in callbacks.kept.sorted(by: { $0.key < $1.key }) {
      add(kept.parameters, SetName.kept(index))
    }
    for (index, average) in callbacks.averages.sorted(by: { $0.key < $1.key }) {
      add(average, SetName.average(index))
    }
    if let trained = callbacks.trained { add(trained, SetName.trained) }
    let values = Values(
      progress: progress, step: program.step, callbacks: callbacks.callbacks,
      kept: callbacks.kept.sorted { $0.key < $1.key }
        .map { .init(callback: $0.key, epoch: $0.value.epoch) },
      averages: callbacks.averages.keys.sorted(),
      learningRateFactor: callbacks.learningRateFactor, stopReason: callbacks.stopReason)
    return (tensors, try PlainValue(encoding: values).json)
  }

  /// The state in `tensors` and `text`, the results of `encoded`. Throws a `JSONError` or a `StateMismatch` if they are
  /// invalid. Before it is used, it has to be checked; see `Trainer.check`.
  package init(tensors: NamedTensors, text: String) throws {
    let values = try Values(json: text)
    var sets: [String: NamedTensors] = [:]
    for entry in tensors.entries {
      let parts = entry.name.split(separator: "/", maxSplits: 1)
      guard parts.count == 2 else { throw StateMismatch("'\(entry.name)' belongs to no set") }
      sets[String(parts[0]), default: NamedTensors()].entries
        .append(.init(name: String(parts[1]), tensor: entry.tensor))
    }
    func set(_ name: String) -> NamedTensors { sets.removeValue(forKey: name) ?? NamedTensors() }
    var slots: [NamedTensors] = []
    while let slot = sets.removeValue(forKey: SetName.slot(slots.count)) { slots.append(slot) }
    progress = values.progress
    program = ProgramState(
      step: values.step, parameters: set(SetName.parameters), slots: slots)
    guard Set(values.averages).count == values.averages.count,
      Set(values.kept.map(\.callback)).count == values.kept.count
    else { throw StateMismatch("a callback has two averages, or keeps parameters of two epochs") }
    callbacks = CallbackMemory(
      callbacks: values.callbacks,
      kept: Dictionary(
        uniqueKeysWithValues: values.kept.map { kept in
          let parameters = set(SetName.kept(kept.callback))
          return (kept.callback, KeptParameters(epoch: kept.epoch, parameters: parameters))
        }),
      averages: Dictionary(
        uniqueKeysWithValues: values.averages.map { ($0, set(SetName.average($0))) }),
      trained: sets.removeValue(forKey: SetName.trained),
      learningRateFactor: values.learningRateFactor, stopReason: values.stopReason)
    if let name = sets.keys.min() { throw StateMismatch("nothing has the tensors '\(name)'") }
  }

  /// The values that are no tensors.
  private struct Values: Codable {
    let progress: TrainingProgress
    let step: Int
    let callbacks: [String]
    let kept: [Kept]
    let averages: [Int]
    let learningRateFactor: Double
    let stopReason: String?

    /// The epoch whose parameters are kept for a callback.
    struct Kept: Codable {
      let callback: Int
      let epoch: Int
    }
  }

  /// The names of the sets of tensors; a slash and the tensor's own name follow.
  private enum SetName {
    static let parameters = "parameters"
    static let trained = "trained"
    static func slot(_ number: Int) -> String { "slot_\(number)" }
    static func kept(_ callback: Int) -> String { "kept_\(callback)" }
    static func average(_ callback: Int) -> String { "average_\(callback)" }
  }
}

extension Callback {
  /// Its memory as JSON.
  func savedMemory() throws -> String { try PlainValue(encoding: memory).json }

  /// Takes over `saved`, the memory of the same callback. Throws if it is another's, or impossible.
  mutating func restore(_ saved: String) throws {
    memory = try Memory(json: saved)
    for (_, value) in try PlainValue(json: JSONDocument(Array(saved.utf8)).root).entries {
      guard case .integer(let epochs) = value, epochs < 0 else { continue }
      throw StateMismatch("a callback remembers a negative number of epochs")
    }
  }
}
