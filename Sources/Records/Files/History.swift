import Documents
import Metrics

/// The contents of history.csv: one row for each epoch.
package struct History: Hashable, Sendable {
  /// In the order of training.
  package private(set) var records: [EpochRecord] = []

  /// A history without epochs.
  package init() {}

  /// The history that `csv` holds, of rising epochs. Columns are found by name, in any order; those of
  /// validation may be missing, and others are passed over.
  package init(csv: String) throws(CSVError) {
    let rows = try CSV.numbers(
      in: csv, required: EpochRecord.trainingColumns, optional: EpochRecord.validationColumns,
      as: Double.self)
    for (index, row) in rows.enumerated() {
      guard let epoch = row[0].flatMap(Int.init(exactly:)),
        epoch > records.last?.epoch ?? 0, epoch <= Self.mostEpochs, let seconds = row[1],
        let learningRate = row[2], let loss = row[3], let accuracy = row[4]
      else { throw CSVError(reason: "line \(index + 2) is not an epoch") }
      let validation = zip(Metric.allCases, row[EpochRecord.trainingColumns.count...])
        .compactMap { metric, value in value.map { (metric, $0) } }
      records.append(
        EpochRecord(
          epoch: epoch, seconds: seconds, learningRate: learningRate, loss: loss,
          accuracy: accuracy, validation: Dictionary(uniqueKeysWithValues: validation)))
    }
  }

  /// No training takes more.
  private static let mostEpochs = 1_000_000_000

  /// Adds an epoch.
  package mutating func append(_ record: EpochRecord) { records.append(record) }

  /// This history as text; numbers read back exactly.
  package var csv: String {
    let columns = EpochRecord.columns.filter { column in
      EpochRecord.usualColumns.contains(column) || records.contains { $0[column] != nil }
    }
    return CSV.line(columns)
      + records.map { record in
        CSV.line(
          ["\(record.epoch)"] + columns.dropFirst().map { record[$0]?.description ?? "" })
      }.joined()
  }
}
