/// The progress of training.
package struct TrainingProgress: Codable, Equatable, Sendable {
  /// Epochs done.
  package internal(set) var epoch = 0
  /// The epoch that is under way.
  package internal(set) var current = EpochProgress()
  /// Seconds of all epochs done, with their validation.
  var seconds = 0.0
  /// Seconds of all epochs done, without their validation.
  var trainingSeconds = 0.0
}

/// The progress of an epoch.
package struct EpochProgress: Codable, Equatable, Sendable {
  /// Steps done.
  package internal(set) var step = 0
  /// Training images seen.
  var imageCount = 0
  /// Of those, how many the network took for what they are.
  var correctCount = 0
  /// The sum of their losses.
  var lossSum = 0.0
  /// Seconds so far.
  var seconds = 0.0

  /// Mean over the images so far.
  var loss: Double { lossSum / Double(imageCount) }
  /// Likewise.
  var accuracy: Double { Double(correctCount) / Double(imageCount) }
}
