import Datasets
import Diagnostics
import Learning
import Metrics
import Tensors

/// The network of a run, or those of several runs as an ensemble, ready to predict images.
package struct Predictor: Sendable {
  /// The way in which inputs become images for each network.
  package let preparation: ImagePreparation
  /// The name of each class.
  package var classNames: [String] { models[0].classNames }

  /// The notes on runs that are not counted, since others have the same weights.
  package let notes: [String]

  /// At least one, each once.
  private let models: [SavedModel]
  /// The scaling of each network's probabilities; nil if they are taken as they are.
  private let calibrations: [TemperatureScaling]?

  /// A predictor with the networks `all`, at least one, of which each counts once.
  ///
  /// - Parameters:
  ///   - findsDigits: cut out handwritten digits, and lay them out as MNIST's are.
  ///   - isCalibrated: scale the probabilities of each network by the temperature that its run fitted.
  /// - Throws: `EnsembleError` if the networks do not belong together, `NoTemperatureError`, `DatasetError` if no digits
  ///   can be found for them.
  package init(_ all: [SavedModel], findsDigits: Bool = false, isCalibrated: Bool = false) throws {
    let standard = EnsembleStandard(all[0])
    for model in all { try standard.require(model) }
    let preparations = try all.map { model in
      try ImagePreparation(
        for: model.plan.spec.data.dataset.value, imageShape: model.imageShape,
        findsDigits: findsDigits)
    }
    if let other = preparations.firstIndex(where: { !$0.agrees(with: preparations[0]) }) {
      throw EnsembleError(
        runs: [all[0], all[other]].map(\.folder.path), difference: .preparation)
    }
    let distinct = DistinctNetworks(
      all, weights: \.weights, classNames: \.classNames, run: \.folder.path)
    models = distinct.members
    notes = distinct.notes
    calibrations = isCalibrated ? try models.map { try $0.requireCalibration() } : nil
    preparation = preparations[0]
  }

  /// The probability of each class for each of `images`, row by row: the mean over the networks. Throws a
  /// `NoNumbersError`, and the backend's errors.
  package func probabilities(
    of images: InputImages, backend: any Backend
  ) throws -> [Float] {
    var mean = MeanProbabilities(of: classNames)
    let samples = Array(0..<images.count)
    for (number, model) in models.enumerated() {
      let source = images.samples(model.scaling, classNames: classNames)
      let probabilities = try model.program(backend, for: images.count)
        .predict(Batch(source: source, samples: samples[...])).probabilities
      try model.requireNumbers(probabilities)
      mean.add(
        calibrations?[number].applied(to: probabilities, classCount: classNames.count)
          ?? probabilities, of: model.classNames)
    }
    return mean.value
  }
}
