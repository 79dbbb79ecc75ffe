extension Metric: CaseIterable {
  /// Every metric, in the order of tables.
  package static let allCases =
    usual + averaged + [
      .balancedAccuracy, .cohenKappa, .matthewsCorrcoef, .rocAUCMacro, .averagePrecisionMacro,
      .topAccuracy3, .topAccuracy5, .logLoss, .brierScore,
    ]

  /// The metrics that are measured after every epoch, and shown where there is room for a few.
  package static let usual: [Metric] = [.loss, .accuracy, .precisionMacro, .recallMacro, .f1Macro]

  /// Precision, recall and F1, averaged in other ways.
  private static let averaged: [Metric] = [
    .precisionMicro, .recallMicro, .f1Micro, .precisionWeighted, .recallWeighted, .f1Weighted,
  ]

  /// The metrics that a classification report has, and the loss, which is said above it.
  static let inClassificationReport = usual + averaged
}
