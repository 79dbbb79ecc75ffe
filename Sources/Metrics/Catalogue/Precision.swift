extension Metric {
  package static let precisionMacro = Metric(
    "precision_macro", "The mean precision of the classes.",
    source: "scikit-learn's precision_score", otherNames: ["precision"],
    value: .counts { $0.macroAverage(\.precision) })

  package static let precisionMicro = Metric(
    "precision_micro",
    "The precision over the images of all classes together, which is the accuracy.",
    source: "scikit-learn's precision_score",
    value: .counts { ratio($0.counts.correct, $0.counts.predicted) })

  package static let precisionWeighted = Metric(
    "precision_weighted", "The mean precision of the classes, each weighted by its images.",
    source: "scikit-learn's precision_score", value: .counts { $0.weightedAverage(\.precision) })
}
