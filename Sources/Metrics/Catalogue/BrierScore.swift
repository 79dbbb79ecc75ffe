extension Metric {
  /// The mean over the samples of Σ (p − y)² over the classes; of two classes half of it, the square of one (Brier 1950).
  package static let brierScore = Metric(
    "brier_score",
    "The squared distance of probabilities and right classes: up to 2, of two classes up to 1.",
    source: "scikit-learn's brier_score_loss", otherNames: ["brier", "brier_score_loss"],
    higherIsBetter: false, range: .bounded(0...2),
    value: .probabilities { samples in
      guard samples.count > 0 else { return nil }
      let sum = samples.labels.indices.reduce(0.0) { sum, sample in
        (0..<samples.classCount).reduce(sum) { sum, label in
          let wanted = label == samples.labels[sample] ? 1.0 : 0
          let difference = Double(samples.probability(of: label, for: sample)) - wanted
          return sum + difference * difference
        }
      }
      return sum / Double(samples.count) / (samples.classCount == 2 ? 2 : 1)
    })
}
