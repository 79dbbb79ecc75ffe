import Learning
import Metrics
import Records
import Tensors

extension PartEvaluations {
  /// The disagreements with the `recorded` scores, confusion matrices, temperature and threshold, a line each.
  func disagreements(with recorded: Results, _ tolerance: Tolerance) -> [String] {
    let parts = [
      (part: ScoreName.Part.validation, recorded: recorded.validation, scored: validation),
      (part: .test, recorded: recorded.test, scored: test),
    ]
    return parts.flatMap { part, recorded, scored in
      let matrix = scored?.disagreement(
        part, recorded, part == .test ? threshold : nil, tolerance.ofProbabilities)
      // What is counted cannot differ by anything but the matrix.
      let metrics = Metric.allCases.filter { matrix != nil || $0.needsProbabilities || $0 == .loss }
      return part.disagreements(metrics, recorded, scored?.scores, tolerance: tolerance.ofScores)
        + [matrix].compactMap(\.self)
    }
      + [
        disagreement(withTemperature: recorded.temperature, tolerance),
        disagreement(withThreshold: recorded.threshold, tolerance),
      ].compactMap(\.self)
  }

  /// The disagreement of the chosen threshold with the `recorded` one, in words.
  private func disagreement(
    withThreshold recorded: DecisionThreshold?, _ tolerance: Tolerance
  ) -> String? {
    guard let recorded, let threshold else {
      return recorded == nil && threshold == nil
        ? nil : "'threshold' is chosen where one probability tells two classes apart"
    }
    return abs(recorded.value - threshold.value) <= Double(tolerance.ofProbabilities)
      ? nil
      : "the threshold is \(threshold.value.fixed(6)), recorded as \(recorded.value.fixed(6))"
  }

  /// The disagreement of the fitted temperature with the `recorded` one, in words.
  private func disagreement(withTemperature recorded: Double?, _ tolerance: Tolerance) -> String? {
    guard let recorded, let temperature else {
      return recorded == nil && temperature == nil
        ? nil : "'temperature' is fitted where validation images are"
    }
    return abs(recorded - temperature) <= Double(tolerance.ofProbabilities) * 10 * temperature
      ? nil : "the temperature is \(temperature.fixed(6)), recorded as \(recorded.fixed(6))"
  }
}

extension Evaluation {
  /// The disagreement between its confusion matrix and that of `recorded` scores, in words; nil if rounding explains
  /// it: images that change their class have two that are about equally probable, or a probability near the
  /// `threshold`, if there is one.
  fileprivate func disagreement(
    _ part: ScoreName.Part, _ recorded: Scores?, _ threshold: DecisionThreshold?, _ tolerance: Float
  ) -> String? {
    guard let other = recorded?.confusionMatrix else { return nil }
    let matrix = scores.confusionMatrix
    guard other.classCount == matrix.classCount else {
      return "the \(part.rawValue) confusion matrix has \(other.classCount) classes"
    }
    let classes = 0..<matrix.classCount
    let moved = classes.reduce(0) { sum, actual in
      sum
        + classes.reduce(0) {
          $0 + abs(matrix[actual: actual, predicted: $1] - other[actual: actual, predicted: $1])
        }
    }
    return moved / 2 <= predictions.closeCalls(threshold, tolerance)
      && matrix.sampleCount == other.sampleCount
      ? nil : "the \(part.rawValue) confusion matrix is another"
  }
}

extension Predictions {
  /// The number of samples that are taken for another class if each probability moves by `tolerance`.
  fileprivate func closeCalls(_ threshold: DecisionThreshold?, _ tolerance: Float) -> Int {
    stride(from: 0, to: probabilities.count, by: classCount).count { start in
      if let threshold {
        return abs(Double(probabilities[start + 1]) - threshold.value) <= Double(tolerance)
      }
      let row = probabilities[start..<start + classCount].sorted(by: >)
      return row.count > 1 && row[0] - row[1] <= 2 * tolerance
    }
  }
}
