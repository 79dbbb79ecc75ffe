extension Metric {
  package static let recallMacro = Metric(
    "recall_macro", "The mean recall of the classes.", source: "scikit-learn's recall_score",
    otherNames: ["recall"], value: .counts { $0.macroAverage(\.recall) })

  package static let recallMicro = Metric(
    "recall_micro", "The recall over the images of all classes together, which is the accuracy.",
    source: "scikit-learn's recall_score",
    value: .counts { ratio($0.counts.correct, $0.counts.support) })

  package static let recallWeighted = Metric(
    "recall_weighted", "The mean recall of the classes, each weighted by its images: the accuracy.",
    source: "scikit-learn's recall_score", value: .counts { $0.weightedAverage(\.recall) })
}
