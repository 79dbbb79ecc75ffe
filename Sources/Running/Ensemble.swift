import Datasets
import Diagnostics
import Metrics
import Records
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

/// The members of an ensemble among networks of which several may be the same, as those of a run and of a copy of its
/// folder are: the first of these counts.
struct DistinctNetworks<Member> {
  private(set) var members: [Member] = []
  /// A sentence about each network that is not counted.
  private(set) var notes: [String] = []

  /// The members among `all`; of the same network two have the same `identity`. `run` is the folder of each.
  init<Identity: Hashable>(
    _ all: [Member], identity: (Member) -> Identity, run: (Member) -> String
  ) {
    var firstRuns: [Identity: String] = [:]
    for member in all {
      let (network, run) = (identity(member), run(member))
      if let first = firstRuns[network] {
        notes.append("\(run) has the same weights as \(first): the ensemble has them once")
      } else {
        firstRuns[network] = run
        members.append(member)
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

extension DecisionThreshold {
  /// The threshold for the mean of several networks' probabilities: the mean of theirs, one half of those that have none;
  /// nil if none has one. Each is told with whether its classes are in the order of the mean.
  init?(ofEnsemble members: [(threshold: DecisionThreshold?, isInOrder: Bool)]) {
    guard members.contains(where: { $0.threshold != nil }) else { return nil }
    self.init(
      meanOf: members.map { threshold, isInOrder in
        let own = threshold ?? DecisionThreshold(value: 0.5)
        return isInOrder ? own : own.forOtherClass
      })
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
