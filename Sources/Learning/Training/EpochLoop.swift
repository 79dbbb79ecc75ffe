import Metrics
import Tensors

/// Goes over the training images, epoch by epoch.
struct EpochLoop {
  let trainer: Trainer
  let program: any Program
  let images: any SampleSource
  let callbacks: CallbackList
  let isInterrupted: () -> Bool
  /// The epoch done last.
  private(set) var epoch = 0
  /// Duration of all epochs.
  private(set) var seconds = 0.0
  private var trainingSeconds = 0.0
  private let length: TrainingLength

  init(
    trainer: Trainer, program: any Program, images: any SampleSource,
    callbacks: CallbackList, isInterrupted: @escaping () -> Bool
  ) {
    (self.trainer, self.program, self.images) = (trainer, program, images)
    (self.callbacks, self.isInterrupted) = (callbacks, isInterrupted)
    length = trainer.training.length(imageCount: images.count)
  }

  /// Training images per second over all epochs.
  var imagesPerSecond: Double {
    trainingSeconds > 0 ? Double(images.count * epoch) / trainingSeconds : 0
  }

  /// Trains for epoch number `epoch`, counted from 1, scores `validation`, and tells of it.
  mutating func run(_ epoch: Int, validation: (any SampleSource)?) throws {
    let clock = ContinuousClock()
    let start = clock.now
    try callbacks.resumeTraining()
    let batches = batches(of: epoch)
    var loss = 0.0
    var correct = 0
    var seen = 0
    var targets = [Float](repeating: 0, count: images.classCount)
    for (step, batch) in zip(1..., batches) {
      if isInterrupted() { throw TrainingInterrupted(epoch: epoch, step: step - 1) }
      let predictions = try program.train(batch, rates(epoch, step))
      loss += predictions.lossSum
      guard loss.isFinite else { throw diverged(epoch, step) }
      for (position, sample) in batch.samples.enumerated() {
        // As in Keras: of soft targets, the class with the largest share is the right one.
        images.writeTargets(of: sample, epoch: epoch - 1, to: &targets)
        let wanted = targets.indices.max { targets[$0] < targets[$1] }
        if predictions.predictedClass(at: position) == wanted { correct += 1 }
      }
      seen += batch.samples.count
      try callbacks.tell(
        .stepEnded(
          StepProgress(
            epoch: epoch, step: step, stepCount: batches.count, imageCount: seen,
            seconds: (clock.now - start) / .seconds(1), loss: loss / Double(seen),
            accuracy: Double(correct) / Double(seen))))
    }
    trainingSeconds += (clock.now - start) / .seconds(1)
    try callbacks.tell(.epochTrained(epoch: epoch, batches: batches))
    let scores = try validation.map { try Evaluation(program, $0).scores }
    // Only a later loss shows what the last step did: that of validation, else that of its own images.
    let laterLoss = try scores?.loss ?? batches.last.map { try program.predict($0).lossSum } ?? 0
    guard laterLoss.isFinite else { throw diverged(epoch, batches.count) }
    let duration = (clock.now - start) / .seconds(1)
    seconds += duration
    self.epoch = epoch
    try callbacks.tell(
      .epochEnded(
        EpochRecord(
          epoch: epoch, seconds: duration, learningRate: rates(epoch, batches.count).learningRate,
          loss: loss / Double(seen), accuracy: Double(correct) / Double(seen),
          validation: scores.map(Metric.values(in:)) ?? [:])))
  }

  /// The rates of step `step` of epoch `epoch`, both counted from 1: what the schedule says, and callbacks make of it.
  private func rates(_ epoch: Int, _ step: Int) -> StepRates {
    let index = (epoch - 1) * length.stepsPerEpoch + step - 1
    var rates = trainer.optimizer.learningRate(index, in: length)
    rates.learningRate *= callbacks.learningRateFactor
    return rates
  }

  /// The images in this epoch's order: another in every epoch, the same for the same seed.
  private func batches(of epoch: Int) -> [Batch] {
    let seed = UInt64(trainer.seed)
    var samples = Array(0..<images.count)
    RandomStream(seed: seed, purpose: .shuffle, epoch: epoch - 1).shuffle(&samples)
    let size = trainer.training.batchSize
    return stride(from: 0, to: samples.count, by: size).map { start in
      let end = min(start + size, samples.count)
      return Batch(source: images, samples: samples[start..<end], seed: seed, epoch: epoch - 1)
    }
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
