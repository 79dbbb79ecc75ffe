import Metrics
import Tensors

/// The events of a run. Callbacks, the progress display and the history all read these.
package enum RunEvent: Sendable {
  /// The network is compiled, and the first step follows. `kernelChoices` has a line for each kernel chosen.
  case trainingStarted(kernelChoices: [String])
  /// A step is done. `loss` and `accuracy` are means over the epoch so far.
  case stepEnded(StepProgress)
  /// The steps of an epoch, on `batches`, are done; its validation follows.
  case epochTrained(epoch: Int, batches: [Batch])
  /// An epoch, with its validation, is done.
  case epochEnded(EpochRecord)
  /// A callback saves the parameters after `epoch`, and wants the last `keepingLast` of them to be kept.
  case parametersSaved(NamedTensors, epoch: Int, keepingLast: Int)
  /// A callback saves the parameters after `epoch` as the last ones so far.
  case lastParametersSaved(NamedTensors, epoch: Int)
  /// A state from which training can resume as if it had never stopped, so it should be saved. Every repetition reaches
  /// the states that are `isScheduled`; others depend on time, or on an interruption.
  case stateReached(TrainingState, isScheduled: Bool)
  /// An action of a callback that nothing else shows, in words.
  case note(String)
  /// No more epochs follow.
  case trainingEnded
}

/// The progress of an epoch.
package struct StepProgress: Hashable, Codable, Sendable {
  /// From 1.
  package let epoch: Int
  /// From 1.
  package let step: Int
  /// Steps in the epoch.
  package let stepCount: Int
  /// Training images seen in this epoch.
  package let imageCount: Int
  /// Seconds of the epoch so far.
  package let seconds: Double
  /// Mean over the epoch's images so far.
  package let loss: Double
  /// Likewise.
  package let accuracy: Double
  /// Mean over the images of this step.
  package let stepLoss: Double

  package init(
    epoch: Int, step: Int, stepCount: Int, imageCount: Int, seconds: Double, loss: Double,
    accuracy: Double, stepLoss: Double
  ) {
    self.epoch = epoch
    self.step = step
    self.stepCount = stepCount
    self.imageCount = imageCount
    self.seconds = seconds
    self.loss = loss
    self.accuracy = accuracy
    self.stepLoss = stepLoss
  }
}
