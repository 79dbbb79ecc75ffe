import Documents
import Files
import Metrics

/// The folder of an evaluation in a run's.
package struct EvaluationFolder: Sendable {
  static let file = "evaluation.json"
  static let ensembleFile = "ensemble.json"
  static let ensembleReport = "ensemble.txt"
  static let allFiles = [
    file, RunFile.predictions.rawValue, RunFile.report.rawValue, ensembleFile, ensembleReport,
  ]

  package let record: EvaluationRecord
  /// The classes of the run's network.
  private let classNames: [String]
  private let folder: Folder

  /// Reads the record in `folder`. Throws a `StorageError`, `DamagedFileError` or `OtherFormatError`.
  init(in folder: Folder, classNames: [String]) throws {
    self.folder = folder
    self.classNames = classNames
    record = try folder.json(Self.file, EvaluationRecord.init(json:))
    guard hasCounted(record.scores, of: record.images) else {
      throw Self.otherCounts(folder, Self.file)
    }
  }

  /// Reads the record of the ensemble that the network was scored in; nil if there is none. Throws a `StorageError`,
  /// `DamagedFileError` or `OtherFormatError`.
  package func ensemble() throws -> EnsembleRecord? {
    let name = Self.ensembleFile
    guard folder.kind(of: name) != nil else { return nil }
    let ensemble = try folder.json(name, EnsembleRecord.init(json:))
    guard hasCounted(ensemble.scores, of: ensemble.images),
      ensemble.classNames.sorted() == classNames.sorted()
    else {
      throw Self.otherCounts(folder, name)
    }
    // Labels number the classes of its first member; the predictions of this one have their names.
    guard ensemble.images.pixels == record.images.pixels,
      ensemble.images.count == record.images.count,
      ensemble.members.contains(where: { $0.identity == record.identity })
    else {
      throw DamagedFileError(
        path: folder.path(of: name),
        reason: "the images or predictions that \(Self.file) has are not among its own")
    }
    return ensemble
  }

  private func hasCounted(_ scores: Scores, of images: Manifest.Contents) -> Bool {
    let matrix = scores.confusionMatrix
    return matrix.classCount == classNames.count && matrix.sampleCount == images.count
  }

  private static func otherCounts(_ folder: Folder, _ name: String) -> DamagedFileError {
    DamagedFileError(path: folder.path(of: name), reason: "it counts other classes or images")
  }

  /// Its records as they stand there, each with what it has to be where losses, confusion matrices and counts are right.
  ///
  /// Throws what reading them throws.
  package func documents() throws -> [(file: String, recorded: PlainValue, expected: PlainValue)] {
    func document(
      _ name: String, _ record: some Encodable
    ) throws -> (file: String, recorded: PlainValue, expected: PlainValue) {
      try (name, folder.json(name) { try PlainValue(json: $0) }, PlainValue(encoding: record))
    }
    return try [document(Self.file, record)]
      + [ensemble().map { try document(Self.ensembleFile, $0) }].compactMap(\.self)
  }

  /// Throws a `DamagedFileError` unless the reports are those on the scores of the network and of its ensemble, or a
  /// `StorageError`.
  package func requireReports() throws {
    try require(RunFile.report.rawValue, is: record.scores.report(classNames: classNames))
    let name = Self.ensembleReport
    if let ensemble = try ensemble() {
      try require(name, is: ensemble.report)
    } else if folder.kind(of: name) != nil {
      throw DamagedFileError(
        path: folder.path(of: name), reason: "there is no \(Self.ensembleFile) of which it is")
    }
  }

  private func require(_ name: String, is report: String) throws {
    guard try folder.readText(name, limit: RunFile.report.limit) == report else {
      throw DamagedFileError(
        path: folder.path(of: name), reason: "it is not the report on the scores")
    }
  }

  /// Reads the predictions that the record counts. Throws a `StorageError` or a `DamagedFileError`.
  package func predictions() throws -> PredictionTable {
    let name = RunFile.predictions.rawValue
    let limit = Manifest.DataSummary.largestPredictions(
      of: record.images.count, classNames: classNames)
    let text = try folder.readText(name, limit: min(limit, RunFile.predictions.limit))
    func damage(_ reason: String) -> DamagedFileError {
      DamagedFileError(path: folder.path(of: name), reason: reason)
    }
    guard SHA256.hexDigest(of: Array(text.utf8)) == record.predictions else {
      throw damage("its checksum is not the one that \(Self.file) has")
    }
    let table: PredictionTable
    do {
      table = try PredictionTable(csv: text)
    } catch {
      throw damage(error.reason)
    }
    guard table.classNames == classNames,
      table.confusionMatrix == record.scores.confusionMatrix
    else { throw damage("it has other predictions than are counted") }
    return table
  }
}

extension Folder {
  /// Reads the JSON file `name`, which may be as long as results are, and converts it by `convert`.
  fileprivate func json<Value>(_ name: String, _ convert: (JSONNode) throws -> Value) throws
    -> Value
  {
    do {
      let bytes = try read(name, limit: RunFile.results.limit)
      return try convert(JSONDocument(bytes).root)
    } catch let error as JSONError {
      throw DamagedFileError(path: path(of: name), reason: error.reason)
    } catch let error as ManifestFormat.Other {
      throw OtherFormatError(path: path(of: name), format: error.number)
    }
  }
}
