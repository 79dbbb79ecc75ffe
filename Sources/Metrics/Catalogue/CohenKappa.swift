extension Metric {
  /// (accuracy − chance) ÷ (1 − chance), where chance is the accuracy of as many predictions of each class, given to the
  /// samples by lot (Cohen 1960).
  package static let cohenKappa = Metric(
    "cohen_kappa", "The accuracy beyond that of as many predictions of each class by chance.",
    source: "scikit-learn's cohen_kappa_score", otherNames: ["kappa", "cohens_kappa"],
    range: .correlation,
    undefined: "all images are of one class and are taken for it",
    value: .counts { scores in
      let total = Double(scores.counts.support)
      let expected = scores.chanceAgreement / total
      guard total > 0, expected < total else { return nil }
      return 1 - (total - Double(scores.counts.correct)) / (total - expected)
    })
}
