extension Metric {
  package static let topAccuracy3 = topAccuracy(3)
  package static let topAccuracy5 = topAccuracy(5)

  /// The share of the samples whose class is among the `count` most probable ones; of equal ones those with the highest
  /// number, as in scikit-learn.
  private static func topAccuracy(_ count: Int) -> Metric {
    Metric(
      "top_\(count)_accuracy",
      "The share of the images whose class is among the \(count) most probable ones.",
      source: "scikit-learn's top_k_accuracy_score, Keras's TopKCategoricalAccuracy",
      otherNames: ["top\(count)", "top_\(count)", "top\(count)_accuracy"],
      undefined: "there are no more than \(count) classes, so that it is always 1",
      fewestClasses: count + 1,
      value: .probabilities { samples in
        guard samples.classCount > count, samples.count > 0 else { return nil }
        let hits = samples.labels.indices.count { samples.rank(ofLabelOf: $0) < count }
        return Double(hits) / Double(samples.count)
      })
  }
}
