import Datasets
import Diagnostics
import Records
import Tensors

/// The classes and images of the first network of an ensemble, which the others have to share: only then do their
/// probabilities have a mean.
package struct EnsembleStandard: Sendable {
  private let run: String
  private let classNames: [String]
  private let imageShape: ImageShape

  /// The standard that `first` sets.
  package init(_ first: SavedModel) {
    run = first.folder.path
    classNames = first.classNames
    imageShape = first.imageShape
  }

  /// Throws an `EnsembleError` unless `model` is of the same classes, in the same order, and of images of the same
  /// shape.
  package func require(_ model: SavedModel) throws(EnsembleError) {
    func refuse(_ difference: EnsembleError.Difference) -> EnsembleError {
      EnsembleError(runs: [run, model.folder.path], difference: difference)
    }
    if model.classNames != classNames {
      throw refuse(.classes([classNames, model.classNames]))
    }
    if model.imageShape != imageShape { throw refuse(.images([imageShape, model.imageShape])) }
  }
}

/// The members of an ensemble among networks of which several may have the same weights, as those of a run and of a
/// copy of its folder have: the first of these counts.
struct DistinctNetworks<Member> {
  private(set) var members: [Member] = []
  /// A sentence about each network that is not counted.
  private(set) var notes: [String] = []

  /// The members among `all`; the weights and the run's folder of each are as these functions say.
  init(
    _ all: [Member], weights: (Member) -> EvaluationRecord.Weights, run: (Member) -> String
  ) {
    var firstRuns: [String: String] = [:]
    for member in all {
      let (sha256, run) = (weights(member).sha256, run(member))
      if let first = firstRuns[sha256] {
        notes.append("\(run) has the same weights as \(first): the ensemble has them once")
      } else {
        firstRuns[sha256] = run
        members.append(member)
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
