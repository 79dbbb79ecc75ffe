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
  private let isCalibrated: Bool

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
    if isCalibrated, let model = models.first(where: { $0.calibration == nil }) {
      throw NoTemperatureError(run: model.folder.path)
    }
    self.models = models
    self.isCalibrated = isCalibrated
    preparation = preparations[0]
  }

  /// The probability of each class for each of `images`, row by row: the mean over the networks.
  package func probabilities(
    of images: InputImages, backend: any Backend
  ) throws -> [Float] {
    let classCount = classNames.count
    var sum = [Float](repeating: 0, count: images.count * classCount)
    let samples = Array(0..<images.count)
    for model in models {
      let source = images.samples(model.scaling, classNames: classNames)
      let predictions = try model.program(backend)
        .predict(Batch(source: source, samples: samples[...]))
      let probabilities =
        isCalibrated
        ? model.calibration?.applied(to: predictions.probabilities, classCount: classCount)
        : predictions.probabilities
      guard let probabilities else { preconditionFailure("each network has a temperature") }
      if models.count == 1 { return probabilities }
      for place in sum.indices { sum[place] += probabilities[place] }
    }
    return sum.map { $0 / Float(models.count) }
  }
}

/// A run has fitted no temperature to the weights that are taken.
package struct NoTemperatureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The run's folder.
  package let run: String

  package var description: String {
    "'\(run)' has no temperature for these weights: it is fitted on validation images, for the weights of the "
      + "results\nhint: leave '--calibrated' out"
  }
}

extension NoTemperatureError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
