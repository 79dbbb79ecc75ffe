import Files

extension RunRecord {
  /// Reads predictions.csv, and checks that the scores in results.json come from it: the file may be of another run.
  ///
  /// Throws a `StorageError` or a `DamagedFileError`.
  package func predictions() throws -> PredictionTable {
    let table = try self.folder.predictions(of: self.data)
    guard let results = self.results else { return table }
    guard table.confusionMatrix == results.final?.confusionMatrix else {
      throw DamagedFileError(
        path: self.folder.path(of: .predictions),
        reason: "it has other predictions than results.json counts")
    }
    return table
  }
}
