import Metrics
import Tensors

/// Trains on the training images, epoch by epoch.
struct EpochLoop {
  let trainer: Trainer
  let program: any Program
  let images: any SampleSource
  let callbacks: CallbackList
  let isInterrupted: () -> Bool
  /// The progress of training.
  private(set) var progress: TrainingProgress
  private let passes: TrainingPasses
  private let length: TrainingLength
  private let clock = ContinuousClock()
  /// The time at which the state was last handed out, and the progress then.
  private var saved: (time: ContinuousClock.Instant, progress: TrainingProgress)

  /// A loop that continues after `progress`.
  init(
    trainer: Trainer, program: any Program, images: any SampleSource,
    callbacks: CallbackList, after progress: TrainingProgress = TrainingProgress(),
    isInterrupted: @escaping () -> Bool
  ) {
    self.trainer = trainer
    self.program = program
    self.images = images
    self.callbacks = callbacks
    self.isInterrupted = isInterrupted
    self.progress = progress
    let imageCount = trainer.draws?.count ?? images.count
    passes = trainer.training.passes(imageCount: imageCount)
    length = trainer.training.length(imageCount: imageCount)
    saved = (clock.now, progress)
  }

  /// Training images per second over all epochs.
  var imagesPerSecond: Double {
    guard progress.trainingSeconds > 0 else { return 0 }
    let images = passes.imageCount(inSteps: progress.epoch * length.stepsPerEpoch, after: 0)
    return Double(images) / progress.trainingSeconds
  }

  /// Trains for the next epoch, or the rest of the current one, scores `validation`, and reports the epoch.
  mutating func runEpoch(validation: (any SampleSource)?) throws {
    let epoch = progress.epoch + 1
    let (start, before) = (clock.now, progress.current.seconds)
    func seconds() -> Double { before + (clock.now - start) / .seconds(1) }
    try callbacks.resumeTraining()
    let batches = batches(of: epoch)
    for (step, batch) in zip(1..., batches).dropFirst(progress.current.step) {
      try stopIfInterrupted(epoch)
      let predictions = try program.train(batch, rates(epoch, step))
      try add(predictions, of: batch, epoch, step, seconds: seconds())
      try callbacks.tell(
        .stepEnded(
          StepProgress(
            epoch: epoch, step: step, stepCount: batches.count,
            imageCount: progress.current.imageCount, seconds: progress.current.seconds,
            loss: progress.current.loss, accuracy: progress.current.accuracy,
            stepLoss: predictions.lossSum / Double(batch.samples.count))))
      if isTimeToSave { try tellState(isScheduled: false) }
    }
    let trainingSeconds = seconds()
    try callbacks.tell(.epochTrained(epoch: epoch, batches: batches))
    let scores = try validation.map {
      try Evaluation(program, $0, measuring: trainer.validationMetrics).scores
    }
    // Only a later loss shows what the last step did: that of validation, else that of its own images.
    let laterLoss = try scores?.loss ?? batches.last.map { try program.predict($0).lossSum } ?? 0
    guard laterLoss.isFinite else { throw diverged(epoch, batches.count) }
    let record = EpochRecord(
      epoch: epoch, seconds: seconds(), learningRate: rates(epoch, batches.count).learningRate,
      loss: progress.current.loss, accuracy: progress.current.accuracy,
      validation: scores.map { Metric.values(of: $0.measured, in: $0) } ?? [:])
    progress.current = EpochProgress()
    progress.epoch = epoch
    progress.seconds += record.seconds
    progress.trainingSeconds += trainingSeconds
    try callbacks.tell(.epochEnded(record))
    if epoch.isMultiple(of: trainer.saveState.everyEpochs) { try tellState(isScheduled: true) }
  }

  /// Adds the network's predictions for a batch, made before it learned from it.
  private mutating func add(
    _ predictions: Predictions, of batch: Batch, _ epoch: Int, _ step: Int, seconds: Double
  ) throws {
    progress.current.lossSum += predictions.lossSum
    guard progress.current.lossSum.isFinite else { throw diverged(epoch, step) }
    var targets = [Float](repeating: 0, count: images.classCount)
    for (position, sample) in batch.samples.enumerated() {
      // As in Keras: of soft targets, the class with the largest share is the right one.
      images.writeTargets(of: sample, epoch: batch.epoch, to: &targets)
      let wanted = targets.indices.max { targets[$0] < targets[$1] }
      if predictions.predictedClass(at: position) == wanted { progress.current.correctCount += 1 }
    }
    progress.current.step = step
    progress.current.imageCount += batch.samples.count
    progress.current.seconds = seconds
  }

  // MARK: state

  private mutating func stopIfInterrupted(_ epoch: Int) throws {
    guard isInterrupted() else { return }
    if saved.progress != progress { try tellState(isScheduled: false) }
    throw TrainingInterrupted(epoch: epoch, step: progress.current.step)
  }

  private var isTimeToSave: Bool {
    guard let minutes = trainer.saveState.everyMinutes else { return false }
    // In numbers: what a spec may say can be longer than any `Duration`.
    return (clock.now - saved.time) / .seconds(60) >= minutes
  }

  /// Gives the observer the state on which the next step depends.
  private mutating func tellState(isScheduled: Bool) throws {
    let state = TrainingState(
      progress: progress, program: try program.state(), callbacks: try callbacks.memory())
    try callbacks.tell(.stateReached(state, isScheduled: isScheduled))
    saved = (clock.now, progress)
  }

  // MARK: steps

  /// The rates of step `step` of epoch `epoch`, both counted from 1, from the schedule and the callbacks.
  private func rates(_ epoch: Int, _ step: Int) -> StepRates {
    let index = (epoch - 1) * length.stepsPerEpoch + step - 1
    var rates = trainer.optimizer.learningRate(index, in: length)
    rates.learningRate *= callbacks.learningRateFactor
    return rates
  }

  /// The batches of this epoch. Each pass over the images has another order, the same for the same seed.
  private func batches(of epoch: Int) -> [Batch] {
    let seed = UInt64(trainer.seed)
    let first = (epoch - 1) * length.stepsPerEpoch
    return passes.parts(of: first..<first + length.stepsPerEpoch).flatMap { pass, ranges in
      let samples = samples(ofPass: pass, seed: seed)
      return ranges.map {
        Batch(source: images, samples: samples[$0], seed: seed, epoch: pass)
      }
    }
  }

  private func samples(ofPass pass: Int, seed: UInt64) -> [Int] {
    if let draws = trainer.draws { return draws.samples(epoch: pass, seed: seed) }
    var samples = Array(0..<images.count)
    RandomStream(seed: seed, purpose: .shuffle, epoch: pass).shuffle(&samples)
    return samples
  }

  private func diverged(_ epoch: Int, _ step: Int) -> TrainingDiverged {
    let rate = rates(epoch, step).learningRate
    let usual = type(of: trainer.optimizer).init().learningRate(0, in: length).learningRate
    let name = type(of: trainer.optimizer).type
    let cause =
      rate > usual
      ? "the learning rate \(Float(rate)) is likely too high (\(name)'s default is \(usual))"
      : "a lower learning rate than \(Float(rate)) may help"
    return TrainingDiverged(epoch: epoch, step: step, likelyCause: cause)
  }
}
