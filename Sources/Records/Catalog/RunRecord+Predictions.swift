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

extension [RunRecord] {
  /// The predictions of all these runs together, each for images of its own.
  ///
  /// - Precondition: there is a run.
  package func pooledPredictions() throws(RunProblem) -> PredictionTable {
    var tables: [PredictionTable] = []
    for run in self {
      do {
        tables.append(try run.predictions())
      } catch {
        throw RunProblem(path: run.folder.path, reason: "\(error)")
      }
    }
    guard let pooled = PredictionTable(pooling: tables) else {
      throw RunProblem(
        path: self[0].folder.path, reason: "its predictions are for other classes than other folds'"
      )
    }
    guard Set(pooled.indices).count == pooled.indices.count else {
      throw RunProblem(
        path: self[0].folder.path, reason: "its predictions are for images of other folds, too")
    }
    return pooled
  }
}
