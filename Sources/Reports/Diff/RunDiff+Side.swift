import Records
import TextLayout

extension RunDiff {
  /// One of the two runs, with all of its files that a comparison reads.
  package struct Side: Sendable {
    let record: RunRecord
    let manifest: Manifest
    /// Nil where values.json cannot be read.
    let values: RunValues?
    /// Nil where history.csv cannot be read.
    let history: History?
    /// Nil where predictions.csv cannot be read.
    let predictions: PredictionTable?
    /// The files that cannot be read, each with the reason.
    let problems: [String]

    /// Reads the files of `record`. Those that are missing or damaged are noted among the problems.
    package init(reading record: RunRecord) throws {
      let folder = record.folder
      var problems: [String] = []
      func read<Value>(_ file: RunFile, _ value: () throws -> Value) -> Value? {
        // A run that ended early may lack every file but its values.
        guard folder.contains(file) || record.results != nil || file == .values else {
          return nil
        }
        do {
          return try value()
        } catch {
          problems.append("\(error)")
        }
        return nil
      }
      self.record = record
      manifest = try folder.manifest()
      values = read(.values, folder.values)
      history = read(.history) { try folder.history(epochs: record.epochsPlanned) }
      predictions = read(.predictions, record.predictions)
      self.problems = problems
    }

    package init(
      _ record: RunRecord, manifest: Manifest, values: RunValues?, history: History?,
      predictions: PredictionTable?, problems: [String] = []
    ) {
      self.record = record
      self.manifest = manifest
      self.values = values
      self.history = history
      self.predictions = predictions
      self.problems = problems
    }

    /// The properties of machine and programs that can change the results of the same spec.
    var environment: [(key: String, value: String)] {
      RunCircumstance.allCases.filter { $0 != .tag }.compactMap { circumstance in
        circumstance.value(in: manifest).map { (circumstance.rawValue, $0) }
      }
    }

    /// The images: dataset, shape, classes, numbers and checksums.
    var data: [(key: String, value: String)] {
      let data = record.data
      return [
        ("dataset", data.dataset),
        ("image_shape", data.imageShape.map(String.init).joined(separator: "×")),
        ("class_names", data.classNames.joined(separator: ", ")),
        ("training_count", data.trainingCount.grouped),
        ("validation_count", data.validationCount.grouped),
        ("test_count", data.testCount.grouped),
      ] + data.contents.flatMap(\.checksums).map { ($0.name, $0.sha256) }
    }
  }
}
