import Records

/// The networks of several runs.
package struct SavedModels: Sendable {
  /// In the order of the runs.
  package let all: [SavedModel]
  /// The runs that are left out, since they have saved no weights.
  package let skipped: [NoWeightsError]
  /// True if their probabilities have a mean.
  package let isEnsemble: Bool

  /// Reads the networks of the runs in `catalog`, with the weights that are wanted. Runs without them are skipped,
  /// unless an argument means one alone; an ensemble needs all.
  ///
  /// - Throws: what `SavedModel` throws, and an `EnsembleError` if there is to be an ensemble of what makes none.
  package init(
    of catalog: RunCatalog, _ weights: SavedModel.Weights = .best, isEnsemble: Bool = false
  ) throws {
    var (all, skipped) = ([SavedModel](), [NoWeightsError]())
    for run in catalog.runs {
      do {
        all.append(try SavedModel(run.folder, weights))
      } catch let error as NoWeightsError where !isEnsemble && !catalog.isNamedAlone(run) {
        skipped.append(error)
      }
    }
    if isEnsemble { try all.requireEnsemble() }
    self.all = all
    self.skipped = skipped
    self.isEnsemble = isEnsemble
  }
}
