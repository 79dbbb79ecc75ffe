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

  /// At least one.
  private let models: [SavedModel]
  /// The scaling of each network's probabilities; nil if they are taken as they are.
  private let calibrations: [TemperatureScaling]?

  /// A predictor with the networks `models`, at least one.
  ///
  /// - Parameters:
  ///   - findsDigits: cut out handwritten digits, and lay them out as MNIST's are.
  ///   - isCalibrated: scale the probabilities of each network by the temperature that its run fitted.
  /// - Throws: `EnsembleError` if the networks do not belong together, `NoTemperatureError`, `DatasetError` if no digits
  ///   can be found for them.
  package init(_ models: [SavedModel], findsDigits: Bool = false, isCalibrated: Bool = false) throws
  {
    let preparations = try models.map { model in
      try ImagePreparation(
        for: model.plan.spec.data.dataset.value, imageShape: model.imageShape,
        findsDigits: findsDigits)
    }
    try models.requireEnsemble()
    if let other = preparations.firstIndex(where: { !$0.agrees(with: preparations[0]) }) {
      throw EnsembleError(
        runs: [models[0], models[other]].map(\.folder.path), difference: .preparation)
    }
    self.models = models
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
