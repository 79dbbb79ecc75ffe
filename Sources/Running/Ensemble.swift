import Diagnostics

/// Networks that vote together: the mean of their probabilities counts.
package struct Ensemble: Sendable {
  package let members: [SavedModel]

  /// An ensemble of `models`; throws if they are not of the same classes and images, or fewer than two.
  package init(_ models: [SavedModel]) throws(EnsembleError) {
    guard models.count > 1 else { throw .tooSmall }
    let first = models[0]
    if let other = models.first(where: { $0.classNames != first.classNames }) {
      throw .otherClasses(first.folder.path, other.folder.path)
    }
    if let other = models.first(where: { $0.imageShape != first.imageShape }) {
      throw .otherImages(
        first.folder.path, "\(first.imageShape)", other.folder.path, "\(other.imageShape)")
    }
    members = models
  }
}

/// The reason why runs make no ensemble.
package enum EnsembleError: Error, Hashable, Sendable, CustomStringConvertible {
  case tooSmall
  case otherClasses(String, String)
  case otherImages(String, String, String, String)

  package var description: String {
    switch self {
    case .tooSmall: "an ensemble needs at least two runs"
    case .otherClasses(let one, let other):
      "an ensemble needs runs of the same classes in the same order, but those of '\(one)' and '\(other)' differ"
    case .otherImages(let one, let shape, let other, let otherShape):
      "an ensemble needs runs of images of one size, but '\(one)' takes \(shape), '\(other)' \(otherShape)"
    }
  }
}

extension EnsembleError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
