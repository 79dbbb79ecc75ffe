import Tensors

/// The classes and images of the first network of an ensemble, which the others have to share: only then do their
/// probabilities have a mean.
struct EnsembleStandard: Sendable {
  private let run: String
  private let classNames: [String]
  private let imageShape: ImageShape

  /// The standard that `first` sets.
  init(_ first: SavedModel) {
    run = first.folder.path
    classNames = first.classNames
    imageShape = first.imageShape
  }

  /// Throws an `EnsembleError` unless `model` is of the same classes, in any order, and of images of the same shape.
  func require(_ model: SavedModel) throws(EnsembleError) {
    func refuse(_ difference: EnsembleError.Difference) -> EnsembleError {
      EnsembleError(runs: [run, model.folder.path], difference: difference)
    }
    if model.classNames.sorted() != classNames.sorted() {
      throw refuse(.classes([classNames, model.classNames]))
    }
    if model.imageShape != imageShape { throw refuse(.images([imageShape, model.imageShape])) }
  }
}
