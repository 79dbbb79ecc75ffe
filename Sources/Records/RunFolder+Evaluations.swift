import Documents
import Files
import Metrics

/// The scores on images that files of data declare: the folder `evaluations` has one for each such file, by its name.
extension RunFolder {
  static let evaluationsFolder = "evaluations"

  /// The path of the folder of the evaluation `name`, for messages.
  package func path(ofEvaluation name: String) -> String {
    "\(path)/\(Self.evaluationsFolder)/\(name)"
  }

  /// Writes `record` as the evaluation `name`, with its report and the `predictions` of which it is; one of that name
  /// before it is replaced, and with it the ensemble in which it was scored.
  ///
  /// The record comes last and has the checksum of the predictions: where this is cut short, no record takes the
  /// predictions of another for its own. No other process writes one of that name meanwhile.
  ///
  /// - Parameter requireReplaceable: throws if what is there then has to stay.
  /// - Throws: a `StorageError` or an `EvaluationObstacle`.
  package func writeEvaluation(
    _ name: String, _ record: EvaluationRecord, _ predictions: PredictionTable,
    requireReplaceable: () throws -> Void = {}
  ) throws {
    try writing(name) { folder in
      try requireReplaceable()
      try folder.write(predictions.csv, to: RunFile.predictions.rawValue)
      try folder.write(
        record.scores.report(classNames: predictions.classNames), to: RunFile.report.rawValue)
      for file in [EvaluationFolder.ensembleFile, EvaluationFolder.ensembleReport]
      where folder.kind(of: file) != nil { try folder.removeFile(file) }
      try folder.write(PlainValue(encoding: record).indentedJSON, to: EvaluationFolder.file)
    }
  }

  /// Writes the `ensemble` in which the evaluation `name` of this run was scored.
  ///
  /// Throws a `StorageError` or an `EvaluationObstacle`.
  package func writeEnsemble(_ name: String, _ ensemble: EnsembleRecord) throws {
    try writing(name) { folder in
      try folder.write(ensemble.report, to: EvaluationFolder.ensembleReport)
      try folder.write(
        PlainValue(encoding: ensemble).indentedJSON, to: EvaluationFolder.ensembleFile)
    }
  }

  /// Calls `write` with the folder of the evaluation `name`, which is created if it is missing, while no other process
  /// writes there.
  private func writing(_ name: String, _ write: (Folder) throws -> Void) throws {
    try requireRoom(forEvaluation: name)
    let folder = try opened().createFolder(Self.evaluationsFolder)
    try folder.exclusively(".\(name).lease") {
      do {
        try write(folder.createFolder(name))
      } catch {
        // Where nothing has been written, nothing stays.
        folder.removeFolder(name, files: [])
        throw error
      }
    }
  }

  /// Throws an `EvaluationObstacle` if something stands in the way of the evaluation `name` that no writing replaces, or
  /// a `StorageError`.
  package func requireRoom(forEvaluation name: String) throws {
    var folder = try opened()
    for part in [Self.evaluationsFolder, name] {
      do {
        guard let inner = try folder.folder(part) else { return }
        folder = inner
      } catch {
        guard error.isLasting else { throw error }
        throw EvaluationObstacle(path: error.path, kind: folder.kind(of: part) ?? .other)
      }
    }
    for file in EvaluationFolder.allFiles where folder.kind(of: file) == .folder {
      throw EvaluationObstacle(path: folder.path(of: file), kind: .folder)
    }
  }

  /// The names of the evaluations, sorted. Links and folders that cannot be opened have one, too, so that they are
  /// noticed when it is read.
  package func evaluationNames() throws(StorageError) -> [String] {
    try evaluationNames { $0.kind(of: EvaluationFolder.file) != nil }
  }

  /// The names of the folders with files of an evaluation that have no record, sorted: writing it was cut short, or it
  /// was taken away.
  package func unrecordedEvaluationNames() throws(StorageError) -> [String] {
    let named = Set(try evaluationNames())
    return try evaluationNames { folder in
      EvaluationFolder.allFiles.contains { folder.kind(of: $0) != nil }
    }.filter { !named.contains($0) }
  }

  /// The names of the evaluations whose folder satisfies `isWanted`, and of those that cannot be opened, sorted.
  private func evaluationNames(
    where isWanted: (Folder) -> Bool
  ) throws(StorageError) -> [String] {
    guard let folder = try opened().folder(Self.evaluationsFolder) else { return [] }
    return try folder.entries()
      .filter { entry in
        guard ExperimentName.isValid(entry.name) else { return false }
        guard entry.kind == .folder else { return entry.kind == .link }
        do {
          return try folder.folder(entry.name).map(isWanted) ?? false
        } catch {
          return true
        }
      }
      .map(\.name)
  }

  /// Reads the evaluation `name` of a run whose classes are `classNames`; nil if there is none.
  ///
  /// Throws a `StorageError`, `DamagedFileError` or `OtherFormatError`.
  package func evaluation(
    _ name: String, classNames: [String]
  ) throws -> EvaluationFolder? {
    guard let folder = try opened().folder(Self.evaluationsFolder)?.folder(name),
      folder.kind(of: EvaluationFolder.file) != nil
    else { return nil }
    return try EvaluationFolder(in: folder, classNames: classNames)
  }
}
