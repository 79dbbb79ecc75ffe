import Metrics
import Tensors

/// Trains one network from one seed.
package struct Trainer {
  package let graph: Graph
  package let optimizer: any OptimizerSpec
  package let callbacks: [any CallbackSpec]
  package let training: TrainingSpec
  package let seed: Int
  /// The draws of each epoch; nil where each has every image once.
  package let draws: BalancedDraws?
  /// Parameters that training starts from; all others are drawn for the seed.
  package let initialParameters: NamedTensors
  /// The intervals at which the observer is given the state from which training would resume.
  package let saveState: SaveStateSpec

  package init(
    graph: Graph, optimizer: any OptimizerSpec, callbacks: [any CallbackSpec],
    training: TrainingSpec, seed: Int, draws: BalancedDraws? = nil,
    initialParameters: NamedTensors = NamedTensors(),
    saveState: SaveStateSpec = SaveStateSpec()
  ) {
    self.graph = graph
    self.optimizer = optimizer
    self.callbacks = callbacks
    self.training = training
    self.seed = seed
    self.draws = draws
    self.initialParameters = initialParameters
    self.saveState = saveState
  }

  /// The metrics that are measured on validation images after each epoch: the usual ones, and those that a callback
  /// monitors. What comes from probabilities takes its time where there are many images.
  var validationMetrics: [Metric] {
    let monitored = callbacks.compactMap { callback in
      callback.monitorField.flatMap { ScoreName(rawValue: $0.wrappedValue)?.metric }
    }
    return Metric.allCases.filter { Metric.usual.contains($0) || monitored.contains($0) }
  }

  /// Trains on `images`, which are the samples of its draws if it has such, until the epochs are over or a callback stops it.
  ///
  /// - Parameters:
  ///   - state: the state from which to resume, if training of the same trainer stopped there; nil to begin.
  ///   - validation: images to score after each epoch; nil for none.
  ///   - observe: called with every event, in order.
  ///   - isInterrupted: called before each step; once it returns true, the observer gets the state, and training ends
  ///     with `TrainingInterrupted`.
  /// - Throws: `TrainingDiverged`, `TrainingInterrupted`, the backend's errors, and those of `observe`; also
  ///   `ParameterMismatch` or `DecodingError` if `state` is of another trainer.
  package func train(
    on images: any SampleSource, validation: (any SampleSource)?, backend: any Backend,
    from state: TrainingState? = nil,
    observe: @escaping (RunEvent) throws -> Void = { _ in },
    isInterrupted: @escaping () -> Bool = { false }
  ) throws -> TrainedNetwork {
    let program = try backend.compile(
      graph, laneSize: training.laneSizeInForce,
      mode: .training(optimizer.updateRule))
    let callbacks = CallbackList(
      callbacks, program: program, graph: graph,
      absence: { absence(of: $0, on: validation) }, observe: observe)
    if let state {
      try program.restore(state.program)
      try callbacks.restore(state.callbacks, after: state.progress.epoch)
    } else {
      try program.load(
        graph.initialParameters(seed: UInt64(seed), known: initialParameters))
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

/// The result of training.
package struct TrainedNetwork {
  /// The network with the weights that count.
  package let program: any Program
  /// The epoch after which it had these weights.
  package let weightsEpoch: Int
  /// Epochs trained.
  package let epochs: Int
  /// The reason why a callback ended training; nil if all epochs were done.
  package let stopReason: String?
  /// Seconds of all epochs with their validation.
  package let seconds: Double
  /// Training images per second, validation not counted.
  package let imagesPerSecond: Double
}

/// The error that the loss became infinite or not a number.
package struct TrainingDiverged: Error, CustomStringConvertible {
  /// From 1.
  package let epoch: Int
  /// From 1.
  package let step: Int
  package let likelyCause: String

  package var description: String {
    "the loss is no longer a finite number; \(likelyCause)"
  }
}

/// The error that training was interrupted.
package struct TrainingInterrupted: Error, CustomStringConvertible {
  /// From 1.
  package let epoch: Int
  /// The steps done in this epoch.
  package let step: Int

  package var description: String { "interrupted" }
}
