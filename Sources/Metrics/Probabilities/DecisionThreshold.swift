/// The probability of the positive one of two classes from which on samples are taken for it.
package struct DecisionThreshold: Hashable, Sendable {
  package let value: Double

  package init(value: Double) { self.value = value }

  /// The threshold with the highest balanced accuracy on `samples`, as scikit-learn's `TunedThresholdClassifierCV` takes
  /// it (the highest J of Youden 1950); nil unless there are two classes with samples.
  ///
  /// Every threshold between two neighbouring probabilities divides the samples alike; it is the middle of them, the
  /// nearest to a half of several that are as good.
  package init?(fitting samples: LabelledProbabilities) {
    guard let positiveClass = samples.positiveClass else { return nil }
    let counts = samples.counts(of: positiveClass)
    guard counts.positives > 0, counts.negatives > 0 else { return nil }
    var best: (gain: Int, value: Double)?
    for (place, threshold) in counts.thresholds.enumerated() {
      // The balanced accuracy but for what all thresholds share, in whole numbers.
      let gain =
        counts.truePositives[place] * counts.negatives
        - counts.falsePositives[place] * counts.positives
      let isLast = place + 1 == counts.thresholds.count
      let next = isLast ? 0 : Double(counts.thresholds[place + 1])
      let value = (Double(threshold) + next) / 2
      let isBetter =
        best.map { best in
          gain > best.gain || gain == best.gain && abs(value - 0.5) < abs(best.value - 0.5)
        } ?? true
      if isBetter { best = (gain, value) }
    }
    guard let best else { return nil }
    value = best.value
  }

  /// The mean of the thresholds of several networks, for the mean of their probabilities; nil if there are none.
  package init?(meanOf thresholds: [DecisionThreshold]) {
    guard !thresholds.isEmpty else { return nil }
    value = thresholds.reduce(0) { $0 + $1.value } / Double(thresholds.count)
  }

  /// The same threshold of probabilities at another temperature.
  package func scaled(by scaling: TemperatureScaling) -> DecisionThreshold {
    let probabilities = [Float(1 - value), Float(value)]
    return DecisionThreshold(
      value: Double(scaling.applied(to: probabilities, classCount: 2)[1]))
  }

  /// The same threshold where the classes are in the other order.
  package var forOtherClass: DecisionThreshold { DecisionThreshold(value: 1 - value) }

  /// The class that a sample is taken for whose positive class has `probability`.
  package func predictedClass(_ probability: Float) -> Int { Double(probability) >= value ? 1 : 0 }
}
