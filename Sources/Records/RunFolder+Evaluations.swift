import Documents
import Files
import Metrics

/// The scores on other images than the experiment's: the folder `evaluations` has one for each set of them, by its name.
extension RunFolder {
  static let evaluationsFolder = "evaluations"
  private static let ensembleReport = "ensemble.txt"

  /// Records `scores` on `images`, and the predictions that they count, as the evaluation `name`; one of that name
  /// before it is replaced, and with it the ensemble in which it was scored.
  ///
  /// The record comes last and has the checksum of the predictions: where this is cut short, a record that was there
  /// does not take the new ones for its own.
  @discardableResult
  package func writeEvaluation(
    _ name: String, of images: Manifest.Contents, with weights: EvaluationRecord.Weights,
    scores: Scores, _ predictions: PredictionTable, report: String, mcNemar: RecordedTest? = nil
  ) throws -> EvaluationRecord {
    let csv = Array(predictions.csv.utf8)
    let record = EvaluationRecord(
      images: images, weights: weights, predictions: SHA256.hexDigest(of: csv), scores: scores,
      mcNemar: mcNemar)
    let folder = try opened().createFolder(Self.evaluationsFolder).createFolder(name)
    try folder.write(csv, to: RunFile.predictions.rawValue)
    try folder.write(report, to: RunFile.report.rawValue)
    for file in [RecordedEvaluation.ensembleFile, Self.ensembleReport]
    where folder.kind(of: file) != nil { try folder.removeFile(file) }
    try folder.write(PlainValue(encoding: record).indentedJSON, to: RecordedEvaluation.file)
    return record
  }

  /// Records the `ensemble` in which the evaluation `name` of this run was scored.
  package func writeEnsemble(
    _ name: String, _ ensemble: EnsembleRecord, report: String
  ) throws {
    let folder = try opened().createFolder(Self.evaluationsFolder).createFolder(name)
    try folder.write(report, to: Self.ensembleReport)
    try folder.write(
      PlainValue(encoding: ensemble).indentedJSON, to: RecordedEvaluation.ensembleFile)
  }

  /// The names of the evaluations, sorted. Links have one, too, so that they are noticed when it is read.
  package func evaluationNames() throws(StorageError) -> [String] {
    guard let folder = try opened().folder(Self.evaluationsFolder) else { return [] }
    return try folder.entries()
      .filter { [.folder, .link].contains($0.kind) && ExperimentName.isValid($0.name) }
      .map(\.name)
  }

  /// Reads the evaluation `name` of a run whose classes are `classNames`; nil if there is none.
  ///
  /// Throws a `StorageError`, `DamagedFileError` or `OtherFormatError`.
  package func evaluation(
    _ name: String, classNames: [String]
  ) throws -> RecordedEvaluation? {
    guard let folder = try opened().folder(Self.evaluationsFolder)?.folder(name),
      folder.kind(of: RecordedEvaluation.file) != nil
    else { return nil }
    return try RecordedEvaluation(in: folder, classNames: classNames)
  }

  /// True if the run still has the `weights` that were scored: one that resumes gets others. Throws a `StorageError`.
  package func has(_ weights: EvaluationRecord.Weights) throws -> Bool {
    do {
      let now = try opened().sha256(of: weights.file.rawValue, limit: weights.file.limit)
      return now == weights.sha256
    } catch let error as StorageError where error.isMissing {
      return false
    }
  }
}
