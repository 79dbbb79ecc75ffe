import Metrics

extension PredictionTable {
  /// The reliability of the predicted classes' probabilities; nil if there are no images.
  package var calibration: CalibrationCurve? {
    CalibrationCurve(
      labels.indices.map { image in
        let probability = probabilities[image * classCount + predicted[image]]
        return (Double(probability), predicted[image] == labels[image])
      })
  }

  /// These predictions with the probabilities that `scaling` makes of theirs.
  package func scaled(by scaling: TemperatureScaling) -> PredictionTable {
    PredictionTable(
      labels: labels, predicted: predicted,
      probabilities: scaling.applied(to: probabilities, classCount: classCount),
      classNames: classNames, indices: indices, files: files)
  }
}
