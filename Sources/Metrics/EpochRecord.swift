/// What one epoch of training came to: a row of `history.csv`, and what callbacks monitor.
public struct EpochRecord: Hashable, Codable, Sendable {
  /// From 1.
  public let epoch: Int
  /// Duration of the epoch's training and validation.
  public let seconds: Double
  /// The learning rate of the epoch's last step.
  public let learningRate: Double
  /// Mean over the training images, each as the network was when it saw it.
  public let loss: Double
  /// Likewise.
  public let accuracy: Double
  /// The scores on the validation images after the epoch; empty if there are none.
  public let validation: [Metric: Double]

  /// The record of an epoch.
  public init(
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

  /// The columns that every epoch has, then those of validation.
  public static let columns = trainingColumns + validationColumns
  /// The columns that every epoch has.
  public static let trainingColumns = ["epoch", "seconds", "learning_rate", "loss", "accuracy"]
  /// The columns that need validation images.
  public static let validationColumns = Metric.allCases.map {
    ScoreName(.validation, $0).rawValue
  }

  /// Whether larger values are better ones in `column`; nil where neither is, as in `seconds`.
  public static func higherIsBetter(_ column: String) -> Bool? {
    (ScoreName(rawValue: column)?.metric ?? Metric(rawValue: column))?.higherIsBetter
  }

  /// The value in the column of that name; nil if there is no such column, or nothing in it.
  public subscript(column: String) -> Double? {
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
