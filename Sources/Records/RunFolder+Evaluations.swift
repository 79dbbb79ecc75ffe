import Documents
import Files
import Glibc
import Metrics

/// The scores on other images than the experiment's: the folder `evaluations` has one for each set of them, by its name.
extension RunFolder {
  static let evaluationsFolder = "evaluations"
  private static let evaluationFile = "evaluation.json"
  private static let predictionsFile = RunFile.predictions.rawValue
  private static let reportFile = RunFile.report.rawValue

  /// Records the evaluation `name`; one of that name before it is replaced.
  package func write(
    _ evaluation: EvaluationRecord, _ predictions: PredictionTable, report: String,
    as name: String
  ) throws {
    let folder = try opened().createFolder(Self.evaluationsFolder).createFolder(name)
    try folder.write(predictions.csv, to: Self.predictionsFile)
    try folder.write(report, to: Self.reportFile)
    try folder.write(PlainValue(encoding: evaluation).indentedJSON, to: Self.evaluationFile)
  }

  /// The names of the evaluations, sorted.
  package func evaluationNames() throws(StorageError) -> [String] {
    guard let folder = try opened().folder(Self.evaluationsFolder) else { return [] }
    return try folder.entries().filter { $0.kind == .folder && ExperimentName.isValid($0.name) }
      .map(\.name)
  }

  /// Reads the evaluation `name` of a run whose classes are `classNames`; nil if there is none.
  ///
  /// Throws a `StorageError`, `DamagedFileError` or `OtherFormatError`.
  package func evaluation(
    _ name: String, classNames: [String]
  ) throws -> EvaluationRecord? {
    guard let folder = try opened().folder(Self.evaluationsFolder)?.folder(name),
      folder.kind(of: Self.evaluationFile) != nil
    else { return nil }
    let path = folder.path(of: Self.evaluationFile)
    let bytes = try folder.read(Self.evaluationFile, limit: RunFile.results.limit)
    do {
      let record = try EvaluationRecord(json: JSONDocument(bytes).root)
      let matrix = record.scores.confusionMatrix
      guard matrix.classCount == classNames.count, matrix.sampleCount == record.images.count else {
        throw DamagedFileError(path: path, reason: "it counts other classes or images")
      }
      return record
    } catch let error as JSONError {
      throw DamagedFileError(path: path, reason: error.reason)
    } catch let error as ManifestFormat.Other {
      throw OtherFormatError(path: path, format: error.number)
    }
  }

  /// Reads the predictions of the evaluation `name`, which are those that `evaluation` counts.
  ///
  /// Throws a `StorageError` or a `DamagedFileError`.
  package func predictions(
    of name: String, _ evaluation: EvaluationRecord, classNames: [String]
  ) throws -> PredictionTable {
    guard let folder = try opened().folder(Self.evaluationsFolder)?.folder(name) else {
      throw StorageError(.read, path + "/" + Self.evaluationsFolder + "/" + name, code: ENOENT)
    }
    let limit = Manifest.DataSummary.largestPredictions(
      of: evaluation.images.count, classNames: classNames)
    let path = folder.path(of: Self.predictionsFile)
    do {
      let text = try folder.readText(
        Self.predictionsFile, limit: min(limit, RunFile.predictions.limit))
      let table = try PredictionTable(csv: text)
      guard table.confusionMatrix == evaluation.scores.confusionMatrix else {
        throw DamagedFileError(path: path, reason: "it has other predictions than are counted")
      }
      return table
    } catch let error as CSVError {
      throw DamagedFileError(path: path, reason: error.reason)
    }
  }
}
