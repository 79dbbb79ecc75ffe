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
}
