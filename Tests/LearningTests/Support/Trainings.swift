import Diagnostics
import Learning
import Metrics
import ReferenceBackend
import Specs
import Tensors

/// Small networks and data to train.
enum Trainings {
  static let image = ImageShape(height: 6, width: 6, channels: 1)

  static func samples(_ count: Int, seed: UInt64 = 1) -> RandomSamples {
    RandomSamples(count: count, shape: image, classCount: 3, seed: seed)
  }

  /// A trainer of a small network with dropout, declared as a user would.
  static func trainer(
    training: String = "{epochs: 2, batch_size: 16}", optimizer: String = "adam",
    callbacks: [String] = [], seed: Int = 0
  ) throws -> Trainer {
    let layers = """
      layers:
        - {type: conv2d, filters: 4, kernel_size: 3, activation: relu}
        - {type: max_pooling2d}
        - {type: flatten}
        - {type: dropout, rate: 0.25}
        - {type: dense, units: 16, activation: relu}
        - {type: dropout, rate: 0.5}
        - {type: dense, units: 3, activation: softmax}
      """
    let (graph, findings) = try model(layers, input: image, classCount: 3)
    guard let graph else {
      throw Diagnostics([Diagnostic(identifier: .shapeMismatch, message: findings)])
    }
    let declaration: OneOf<OptimizerCatalog> = try declared(optimizer)
    return Trainer(
      graph: graph.graph, optimizer: declaration.value,
      callbacks: try callbacks.map {
        try declared($0, as: OneOf<CallbackCatalog>.self).value
      }, training: try declared(training), seed: seed)
  }

  /// A trainer of a network with a moving statistic, `normalization.moving_mean`; for backends that know it.
  static func normalizingTrainer(callbacks: [String], epochs: Int = 2) throws -> Trainer {
    var graph = Graph(input: image, loss: CategoricalCrossentropy().function)
    let settings = NormalizationSettings(epsilon: 0.001)
    graph.append(
      .batchNormalization(settings, momentum: 0.99), layer: "normalization", input: 0)
    graph.append(.flatten, layer: "flatten", input: 1)
    graph.append(.dense(units: 3, useBias: true), layer: "dense", input: 2)
    graph.append(.activation(.softmax), layer: "dense", input: 3)
    let usual = try trainer(
      training: "{epochs: \(epochs), batch_size: 16}", callbacks: callbacks)
    return Trainer(
      graph: graph, optimizer: usual.optimizer, callbacks: usual.callbacks,
      training: usual.training, seed: 0)
  }
}

/// Everything that an observer was told.
final class Log {
  var events: [RunEvent] = []

  var records: [EpochRecord] {
    events.compactMap { if case .epochEnded(let record) = $0 { record } else { nil } }
  }

  var steps: [StepProgress] {
    events.compactMap { if case .stepEnded(let step) = $0 { step } else { nil } }
  }

  /// The epochs whose parameters were saved, each with their one weight.
  var saved: [(epoch: Int, weight: Float?)] {
    events.compactMap {
      guard case .parametersSaved(let parameters, let epoch, _) = $0 else { return nil }
      return (epoch, parameters["steps"]?.values[0])
    }
  }

  /// The parameters that were saved.
  var savedTensors: [NamedTensors] {
    events.compactMap {
      if case .parametersSaved(let parameters, _, _) = $0 { parameters } else { nil }
    }
  }

  /// The events as words, in order.
  var words: [String] {
    events.map {
      switch $0 {
      case .trainingStarted(let choices): "started \(choices)"
      case .stepEnded(let step): "step \(step.epoch).\(step.step)/\(step.stepCount)"
      case .epochTrained(let epoch, _): "trained \(epoch)"
      case .epochEnded(let record): "epoch \(record.epoch)"
      case .parametersSaved(_, let epoch, _): "saved \(epoch)"
      case .lastParametersSaved(_, let epoch): "saved last \(epoch)"
      case .stateReached(let state, _):
        "state \(state.progress.epoch).\(state.progress.current.step)"
      case .note(let text): text
      case .trainingEnded: "ended"
      }
    }
  }
}
