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

  public init(
    graph: Graph, optimizer: any OptimizerSpec, callbacks: [any CallbackSpec],
    training: TrainingSpec, seed: Int, initialParameters: NamedTensors? = nil
  ) {
    self.graph = graph
    self.optimizer = optimizer
    self.callbacks = callbacks
    self.training = training
    self.seed = seed
    self.initialParameters = initialParameters
  }

  /// Trains on `images` until the epochs are over or a callback stops it.
  ///
  /// - Parameters:
  ///   - validation: images to score after each epoch; nil for none.
  ///   - observe: is told everything that happens, in order.
  ///   - isInterrupted: asked before each step; training ends with `TrainingInterrupted` once it says so.
  /// - Throws: `TrainingDiverged`, `TrainingInterrupted`, the backend's errors, and those of `observe`.
  public func train(
    on images: any SampleSource, validation: (any SampleSource)?, backend: any Backend,
    observe: @escaping (RunEvent) throws -> Void = { _ in },
    isInterrupted: @escaping () -> Bool = { false }
  ) throws -> TrainedNetwork {
    let program = try backend.compile(
      graph, laneSize: training.laneSizeInForce,
      mode: .training(optimizer.updateRule))
    try program.load(initialParameters ?? graph.initialParameters(seed: UInt64(seed)))
    let callbacks = CallbackList(
      callbacks, program: program, graph: graph, observe: observe)
    try callbacks.tell(.trainingStarted(kernelChoices: program.kernelChoices))
    var epochs = EpochLoop(
      trainer: self, program: program, images: images, callbacks: callbacks,
      isInterrupted: isInterrupted)
    for epoch in 1...training.epochs {
      try epochs.run(epoch, validation: validation)
      if callbacks.stopReason != nil { break }
    }
    try callbacks.tell(.trainingEnded)
    return TrainedNetwork(
      program: program,
      weightsEpoch: try callbacks.settle(),
      epochs: epochs.epoch, stopReason: callbacks.stopReason,
      seconds: epochs.seconds, imagesPerSecond: epochs.imagesPerSecond)
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
