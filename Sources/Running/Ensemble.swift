import Datasets
import Diagnostics
import Records
import Tensors

extension [SavedModel] {
  /// Throws an `EnsembleError` unless the networks are of the same classes, in any order, and of images of one shape: only
  /// then do their probabilities have a mean.
  package func requireEnsemble() throws(EnsembleError) {
    guard let first else { return }
    for model in dropFirst() {
      func refuse(_ difference: EnsembleError.Difference) -> EnsembleError {
        EnsembleError(runs: [first.folder.path, model.folder.path], difference: difference)
      }
      if model.classNames.sorted() != first.classNames.sorted() {
        throw refuse(.classes([first.classNames, model.classNames]))
      }
      if model.imageShape != first.imageShape {
        throw refuse(.images([first.imageShape, model.imageShape]))
      }
    }
  }
}

/// The mean of what several networks predict for the same images, computed in float64 and rounded once. Classes are
/// matched by their names.
struct MeanProbabilities {
  /// The classes, in the order of the mean.
  private let classNames: [String]
  private var sums: [Double] = []
  private var count = 0

  init(of classNames: [String]) { self.classNames = classNames }

  /// Adds what one network predicts: the probability of each of the classes `names`, image by image.
  mutating func add(_ probabilities: [Float], of names: [String]) {
    if count == 0 { sums = [Double](repeating: 0, count: probabilities.count) }
    let places = names.places(in: classNames)
    for start in stride(from: 0, to: sums.count, by: places.count) {
      for (number, place) in places.enumerated() {
        sums[start + place] += Double(probabilities[start + number])
      }
    }
    count += 1
  }

  /// The mean of all that was added.
  var value: [Float] { sums.map { Float($0 / Double(count)) } }
}

extension [String] {
  /// The place of each name among `others`, which has all of them.
  func places(in others: [String]) -> [Int] {
    let known = Dictionary(zip(others, 0...)) { first, _ in first }
    return map { name in
      guard let place = known[name] else {
        preconditionFailure("an ensemble has one set of classes")
      }
      return place
    }
  }
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
