extension Metric {
  /// The mean recall of the classes that have samples.
  ///
  /// It differs from `recallMacro` where samples are taken for a class that has none.
  package static let balancedAccuracy = Metric(
    "balanced_accuracy", "The mean recall of the classes that have images.",
    source: "scikit-learn's balanced_accuracy_score", otherNames: ["bacc"],
    undefined: "there are no images",
    value: .counts { scores in
      let recalls = scores.perClass.filter { $0.support > 0 }.map(\.recall)
      return recalls.isEmpty ? nil : recalls.reduce(0, +) / Double(recalls.count)
    })
}
