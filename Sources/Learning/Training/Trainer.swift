import Metrics
import Tensors

/// Trains one network from one seed.
public struct Trainer {
  public let graph: Graph
  public let optimizer: any OptimizerSpec
  public let callbacks: [any CallbackSpec]
  public let training: TrainingSpec
  public let seed: Int
  /// What training starts from; nil for parameters drawn for the seed.
  public let initialParameters: NamedTensors?
  /// How often the observer is told what training would go on from.
  public let saveState: SaveStateSpec

  public init(
    graph: Graph, optimizer: any OptimizerSpec, callbacks: [any CallbackSpec],
    training: TrainingSpec, seed: Int, initialParameters: NamedTensors? = nil,
    saveState: SaveStateSpec = SaveStateSpec()
  ) {
    self.graph = graph
    self.optimizer = optimizer
    self.callbacks = callbacks
    self.training = training
    self.seed = seed
    self.initialParameters = initialParameters
    self.saveState = saveState
  }

  /// Trains on `images` until the epochs are over or a callback stops it.
  ///
  /// - Parameters:
  ///   - state: what to go on from, if training of the same trainer stopped there; nil to begin.
  ///   - validation: images to score after each epoch; nil for none.
  ///   - observe: is told everything that happens, in order.
  ///   - isInterrupted: asked before each step; once it says so, the observer is told the state, and training ends with
  ///     `TrainingInterrupted`.
  /// - Throws: `TrainingDiverged`, `TrainingInterrupted`, the backend's errors, and those of `observe`; also
  ///   `ParameterMismatch` or `DecodingError` if `state` is of another trainer.
  public func train(
    on images: any SampleSource, validation: (any SampleSource)?, backend: any Backend,
    from state: TrainingState? = nil,
    observe: @escaping (RunEvent) throws -> Void = { _ in },
    isInterrupted: @escaping () -> Bool = { false }
  ) throws -> TrainedNetwork {
    let program = try backend.compile(
      graph, laneSize: training.laneSizeInForce,
      mode: .training(optimizer.updateRule))
    let callbacks = CallbackList(
      callbacks, program: program, graph: graph, observe: observe)
    if let state {
      try program.restore(state.program)
      try callbacks.restore(state.callbacks, after: state.progress.epoch)
    } else {
      try program.load(initialParameters ?? graph.initialParameters(seed: UInt64(seed)))
    }
    try callbacks.tell(.trainingStarted(kernelChoices: program.kernelChoices))
    var epochs = EpochLoop(
      trainer: self, program: program, images: images, callbacks: callbacks,
      after: state?.progress ?? TrainingProgress(), isInterrupted: isInterrupted)
    while epochs.progress.epoch < training.epochs, callbacks.stopReason == nil {
      try epochs.runEpoch(validation: validation)
    }
    try callbacks.tell(.trainingEnded)
    return TrainedNetwork(
      program: program,
      weightsEpoch: try callbacks.settle(),
      epochs: epochs.progress.epoch, stopReason: callbacks.stopReason,
      seconds: epochs.progress.seconds, imagesPerSecond: epochs.imagesPerSecond)
  }
}

/// What training ends in.
public struct TrainedNetwork {
  /// The network with the weights that count.
  public let program: any Program
  /// The epoch after which it had these weights.
  public let weightsEpoch: Int
  /// Epochs trained.
  public let epochs: Int
  /// Why a callback ended training; nil if all epochs were done.
  public let stopReason: String?
  /// Seconds of all epochs with their validation.
  public let seconds: Double
  /// Training images per second, validation not counted.
  public let imagesPerSecond: Double
}

/// The loss became infinite or not a number.
public struct TrainingDiverged: Error, CustomStringConvertible {
  /// From 1.
  public let epoch: Int
  /// From 1.
  public let step: Int
  public let likelyCause: String

  public var description: String {
    "the loss is no longer a finite number; \(likelyCause)"
  }
}

/// Training was asked to stop.
public struct TrainingInterrupted: Error, CustomStringConvertible {
  /// From 1.
  public let epoch: Int
  /// Steps done in it.
  public let step: Int

  public var description: String { "interrupted" }
}
