import Glibc

extension Metric {
  /// The mean of −log p over the samples, p being the probability of the sample's class, at least 2.2e-16 as in
  /// scikit-learn.
  package static let logLoss = Metric(
    "log_loss", "The mean of minus the logarithm of the probability of the right class.",
    source: "scikit-learn's log_loss", otherNames: ["cross_entropy", "nll"],
    higherIsBetter: false, range: .nonNegative,
    value: .probabilities { samples in
      guard samples.count > 0 else { return nil }
      let bounds = Double.ulpOfOne...1 - Double.ulpOfOne
      let sum = samples.labels.indices.reduce(0.0) { sum, sample in
        let probability = Double(samples.probability(of: samples.labels[sample], for: sample))
        return sum - log(min(max(probability, bounds.lowerBound), bounds.upperBound))
      }
      return sum / Double(samples.count)
    })
}
