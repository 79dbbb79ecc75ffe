import Datasets
import Diagnostics
import Files
import Learning
import Metrics
import Records
import Tensors

/// The network of a run, or those of several runs as an ensemble, ready to predict images.
package struct Predictor: Sendable {
  /// The way in which inputs become images for each network.
  package let preparation: ImagePreparation
  /// The name of each class.
  package var classNames: [String] { first.classNames }
  /// The threshold by which the second of two classes is told: the mean of the members'; nil if the most probable one
  /// counts.
  package let threshold: DecisionThreshold?
  /// Notes on runs that have not come to their end, on those that are not counted, since others have the same weights, and
  /// on the threshold.
  package let notes: [String]

  /// The first member's network. Those of the others are read again one after the other, since all together may not fit
  /// into memory.
  private let first: SavedModel
  private let weights: SavedModel.WeightsChoice
  /// At least one, each network once.
  private let members: [Member]

  /// What is kept of a run whose network is not in memory.
  private struct Member: Sendable {
    let folder: RunFolder
    let weights: ScoredWeights
    let classNames: [String]
    /// The scaling of its probabilities; nil if they are taken as they are.
    let calibration: TemperatureScaling?
    /// The threshold of its probabilities as they are taken; nil if the most probable class counts.
    let threshold: DecisionThreshold?

    /// Likewise for networks that are not scored yet, whose classes no predictions tell: see `ScoredNetwork.Identity`.
    var identity: [String] { [weights.sha256] + classNames }
  }

  /// A predictor with the networks of the runs in `folders`, at least one, of which each network counts once.
  ///
  /// - Parameters:
  ///   - weights: the weights of each run that are taken.
  ///   - inputs: the files and folders with the images to predict, for which all networks have to prepare them alike.
  ///   - findsDigits: cut out handwritten digits, and lay them out as MNIST's are.
  ///   - isCalibrated: scale the probabilities of each network by the temperature that its run fitted.
  /// - Throws: what `SavedModel` throws, `EnsembleError` if the networks do not belong together, `NoTemperatureError`,
  ///   `DatasetError` if no digits can be found for them.
  package init(
    _ folders: [RunFolder], _ weights: SavedModel.WeightsChoice = .best, for inputs: [String],
    findsDigits: Bool = false, isCalibrated: Bool = false
  ) throws {
    let first = try SavedModel(folders[0], weights)
    let standard = EnsembleStandard(first)
    let preparation = try ImagePreparation(for: first, findsDigits: findsDigits)
    var (all, notes) = ([Member](), [String]())
    for folder in folders {
      let model = all.isEmpty ? first : try SavedModel(folder, weights)
      try standard.require(model)
      let own = try ImagePreparation(for: model, findsDigits: findsDigits)
      guard own.agrees(with: preparation, on: inputs) else {
        throw EnsembleError(
          runs: [first, model].map(\.folder.path), difference: .preparation)
      }
      if let note = model.note { notes.append(note) }
      let calibration = isCalibrated ? try model.requireCalibration() : nil
      all.append(
        Member(
          folder: model.folder.notKeptOpen(), weights: model.weights, classNames: model.classNames,
          calibration: calibration,
          threshold: model.threshold(by: calibration)))
    }
    let distinct = DistinctNetworks(all, identity: \.identity, run: \.folder.path)
    members = distinct.members
    threshold = DecisionThreshold(
      ofEnsemble: distinct.members.map { ($0.threshold, $0.classNames == first.classNames) })
    self.notes =
      notes + distinct.notes
      + [
        threshold.map {
          "an image is \($0.rule(for: first.classNames[1], memberCount: distinct.members.count))"
        }
      ].compactMap(\.self)
    self.first = first
    self.weights = weights
    self.preparation = preparation
  }

  /// The probability of each class for each of `images`, row by row: the mean over the networks. Throws a
  /// `NoNumbersError`, a `ChangedWeightsError`, what `SavedModel` throws, and the backend's errors.
  package func probabilities(
    of images: InputImages, backend: any Backend
  ) throws -> [Float] {
    var mean = MeanProbabilities(of: classNames)
    let samples = Array(0..<images.count)
    for (number, member) in members.enumerated() {
      let model = number == 0 ? first : try SavedModel(member.folder, weights)
      guard model.weights == member.weights else {
        throw ChangedWeightsError(path: member.folder.path(of: member.weights.file))
      }
      let source = images.samples(model.scaling, classNames: classNames)
      let probabilities = try model.program(backend, for: images.count)
        .predict(Batch(source: source, samples: samples[...])).probabilities
      try model.requireNumbers(probabilities)
      mean.add(
        member.calibration?.applied(to: probabilities, classCount: classNames.count)
          ?? probabilities, of: model.classNames)
    }
    return mean.value
  }
}

/// Weights of a run that goes on were written anew while they were in use.
package struct ChangedWeightsError: ReportableError, CustomStringConvertible {
  /// Their file.
  let path: String

  package var description: String {
    "'\(path)' was written anew meanwhile: its run goes on\nhint: try again"
  }

  package var exitStatus: ExitStatus { .inputMissing }
}

extension ImagePreparation {
  fileprivate init(for model: SavedModel, findsDigits: Bool) throws(DatasetError) {
    try self.init(
      for: model.plan.spec.data.dataset.value, imageShape: model.imageShape,
      findsDigits: findsDigits)
  }
}
