import Metrics

extension PredictionTable {
  /// How far the probability of the predicted class can be believed; nil where there are no images.
  package var calibration: CalibrationCurve? {
    CalibrationCurve(
      labels.indices.map { image in
        let probability = probabilities[image * classCount + predicted[image]]
        return (Double(probability), predicted[image] == labels[image])
      })
  }
}
