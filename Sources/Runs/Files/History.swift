import Metrics

/// What one epoch of training came to.
public struct EpochRecord: Hashable, Sendable {
  /// From 1.
  public let epoch: Int
  /// Duration of the epoch's training and validation.
  public let seconds: Double
  /// The learning rate at the epoch's end.
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
    validation: Scores?
  ) {
    let values = validation.map { scores in
      Dictionary(uniqueKeysWithValues: Metric.allCases.map { ($0, $0.value(in: scores)) })
    }
    self.init(
      epoch: epoch, seconds: seconds, learningRate: learningRate, loss: loss, accuracy: accuracy,
      validation: values ?? [:])
  }

  init(
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
}

/// What history.csv says: one row for each epoch.
public struct History: Hashable, Sendable {
  /// The names of the columns.
  public static let columns =
    ["epoch", "seconds", "learning_rate", "loss", "accuracy"]
    + Metric.allCases.map { "val_" + $0.rawValue }

  /// In the order of training.
  public private(set) var records: [EpochRecord] = []

  /// A history without epochs.
  public init() {}

  /// The history that `csv` holds.
  public init(csv: String) throws(CSVError) {
    for (index, row) in try CSV.numbers(in: csv, columns: Self.columns, as: Double.self)
      .enumerated()
    {
      let known = row.prefix(5).compactMap(\.self)
      guard known.count == 5, let epoch = Int(exactly: known[0]) else {
        throw CSVError(reason: "line \(index + 2) is not an epoch")
      }
      let validation = zip(Metric.allCases, row.dropFirst(5)).compactMap { metric, value in
        value.map { (metric, $0) }
      }
      records.append(
        EpochRecord(
          epoch: epoch, seconds: known[1], learningRate: known[2], loss: known[3],
          accuracy: known[4], validation: Dictionary(uniqueKeysWithValues: validation)))
    }
  }

  /// Adds an epoch.
  public mutating func append(_ record: EpochRecord) { records.append(record) }

  /// This history as text; numbers read back exactly.
  public var csv: String {
    CSV.line(Self.columns)
      + records.map { record in
        CSV.line(
          ["\(record.epoch)"]
            + [record.seconds, record.learningRate, record.loss, record.accuracy].map(\.description)
            + Metric.allCases.map { record.validation[$0]?.description ?? "" })
      }.joined()
  }
}
