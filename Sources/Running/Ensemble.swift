import Datasets
import Diagnostics
import Records
import Tensors

extension [SavedModel] {
  /// Throws an `EnsembleError` unless the networks are of the same classes, in the same order, and of images of one
  /// shape: only then do their probabilities have a mean.
  package func requireEnsemble() throws(EnsembleError) {
    guard let first else { return }
    for model in dropFirst() {
      func refuse(_ difference: EnsembleError.Difference) -> EnsembleError {
        EnsembleError(runs: [first.folder.path, model.folder.path], difference: difference)
      }
      if model.classNames != first.classNames {
        throw refuse(.classes([first.classNames, model.classNames]))
      }
      if model.imageShape != first.imageShape {
        throw refuse(.images([first.imageShape, model.imageShape]))
      }
    }
  }
}

/// The mean of what several networks predict for the same images, computed in float64 and rounded once.
struct MeanProbabilities {
  private var sums: [Double] = []
  private var count = 0

  /// Adds what one network predicts: the probability of each class, image by image.
  mutating func add(_ probabilities: [Float]) {
    if count == 0 { sums = [Double](repeating: 0, count: probabilities.count) }
    for place in sums.indices { sums[place] += Double(probabilities[place]) }
    count += 1
  }

  /// The mean of all that was added.
  var value: [Float] { sums.map { Float($0 / Double(count)) } }
}

/// Runs whose networks make no ensemble.
package struct EnsembleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folders of two of them.
  package let runs: [String]
  /// What differs between the two.
  package let difference: Difference

  /// The things in which the networks of an ensemble agree.
  package enum Difference: Hashable, Sendable {
    case classes([[String]])
    case images([ImageShape])
    /// Of other sizes or colours, pictures become other images for each.
    case preparation
  }

  package var description: String {
    let reason =
      switch difference {
      case .classes(let names):
        "they have other classes: \(names.map { listed($0, most: 10) }.joined(separator: "; "))"
      case .images(let shapes):
        "they take other images: \(shapes.map(\.description).joined(separator: " and "))"
      case .preparation: "their data prepares pictures in other ways"
      }
    return "'\(runs[0])' and '\(runs[1])' make no ensemble: \(reason)"
      + "\nhint: name runs of one experiment, such as its folder"
  }
}

extension EnsembleError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
