import Documents
import Files

/// An evaluation as a run's folder has it.
package struct RecordedEvaluation: Sendable {
  static let file = "evaluation.json"

  package let record: EvaluationRecord
  /// The classes of the run's network.
  private let classNames: [String]
  private let folder: Folder

  /// Reads the record in `folder`. Throws a `StorageError`, `DamagedFileError` or `OtherFormatError`.
  init(in folder: Folder, classNames: [String]) throws {
    self.folder = folder
    self.classNames = classNames
    let path = folder.path(of: Self.file)
    do {
      let bytes = try folder.read(Self.file, limit: RunFile.results.limit)
      record = try EvaluationRecord(json: JSONDocument(bytes).root)
    } catch let error as JSONError {
      throw DamagedFileError(path: path, reason: error.reason)
    } catch let error as ManifestFormat.Other {
      throw OtherFormatError(path: path, format: error.number)
    }
    let matrix = record.scores.confusionMatrix
    guard matrix.classCount == classNames.count, matrix.sampleCount == record.images.count else {
      throw DamagedFileError(path: path, reason: "it counts other classes or images")
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
