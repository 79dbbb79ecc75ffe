extension Metric {
  /// The correlation of classes and predictions (Gorodkin 2004). A network that takes all samples for one class has 0, as
  /// in scikit-learn: it knows nothing. That samples of one class alone have 0 there, too, would say nothing of the
  /// network.
  package static let matthewsCorrcoef = Metric(
    "matthews_corrcoef",
    "The correlation of classes and predictions; 0 where all images are taken for one.",
    source: "scikit-learn's matthews_corrcoef", otherNames: ["mcc", "matthews", "phi"],
    range: .correlation, undefined: "all images are of one class",
    value: .counts { scores in
      let total = Double(scores.counts.support)
      func variance(_ count: (ClassScores) -> Int) -> Double {
        total * total - scores.perClass.reduce(0) { $0 + Double(count($1)) * Double(count($1)) }
      }
      let (ofLabels, ofPredictions) = (variance(\.support), variance(\.predicted))
      guard ofLabels > 0 else { return nil }
      guard ofPredictions > 0 else { return 0 }
      return (Double(scores.counts.correct) * total - scores.chanceAgreement)
        / (ofLabels * ofPredictions).squareRoot()
    })
}
