import Metrics

/// What history.csv says: one row for each epoch.
public struct History: Hashable, Sendable {
  /// In the order of training.
  public private(set) var records: [EpochRecord] = []

  /// A history without epochs.
  public init() {}

  /// The history that `csv` holds.
  public init(csv: String) throws(CSVError) {
    for (index, row) in try CSV.numbers(in: csv, columns: EpochRecord.columns, as: Double.self)
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
    CSV.line(EpochRecord.columns)
      + records.map { record in
        CSV.line(
          ["\(record.epoch)"]
            + EpochRecord.columns.dropFirst().map { record[$0]?.description ?? "" })
      }.joined()
  }
}
