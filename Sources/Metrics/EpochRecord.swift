/// The results of one epoch of training: a row of `history.csv`, and what callbacks monitor.
package struct EpochRecord: Hashable, Codable, Sendable {
  /// From 1.
  package let epoch: Int
  /// Duration of the epoch's training and validation.
  package let seconds: Double
  /// The learning rate of the epoch's last step.
  package let learningRate: Double
  /// Mean over the training images, each as the network was when it saw it.
  package let loss: Double
  /// Likewise.
  package let accuracy: Double
  /// The scores on the validation images after the epoch, those that are defined; empty if there are no images.
  package let validation: [Metric: Double]

  /// The record of an epoch.
  package init(
    epoch: Int, seconds: Double, learningRate: Double, loss: Double, accuracy: Double,
    validation: [Metric: Double]
  ) {
    self.epoch = epoch
    self.seconds = seconds
    self.learningRate = learningRate
    self.loss = loss
    self.accuracy = accuracy
    self.validation = validation
  }

  /// The columns that there can be: those that every epoch has, then those of validation.
  package static let columns = trainingColumns + validationColumns
  /// The columns that every epoch has.
  package static let trainingColumns = ["epoch", "seconds", "learning_rate", "loss", "accuracy"]
  /// The columns that need validation images. Beyond the usual metrics they have values if a callback monitors them.
  package static let validationColumns = Metric.allCases.map(validationColumn)
  /// The columns that every history has.
  package static let usualColumns = trainingColumns + Metric.usual.map(validationColumn)

  private static func validationColumn(_ metric: Metric) -> String {
    ScoreName(.validation, metric).rawValue
  }

  /// Tells if larger values are better ones in `column`; nil where neither is, as in `seconds`.
  package static func higherIsBetter(_ column: String) -> Bool? {
    (ScoreName(rawValue: column)?.metric ?? Metric(rawValue: column))?.higherIsBetter
  }

  /// The value in the column of that name; nil if there is no such column, or nothing in it.
  package subscript(column: String) -> Double? {
    switch column {
    case "epoch": Double(epoch)
    case "seconds": seconds
    case "learning_rate": learningRate
    case "loss": loss
    case "accuracy": accuracy
    default:
      ScoreName(rawValue: column).flatMap { $0.part == .validation ? validation[$0.metric] : nil }
    }
  }
}
