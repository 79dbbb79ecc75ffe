import Records

extension PredictionTable {
  /// The largest difference between a probability and that of `other`; NaN if one is not a number, infinite if they are
  /// not as many.
  func largestDifference(from other: PredictionTable) -> Float {
    guard probabilities.count == other.probabilities.count else { return .infinity }
    let differences = zip(probabilities, other.probabilities).map { abs($0 - $1) }
    // `max` would ignore NaN.
    return differences.first(where: \.isNaN) ?? differences.max() ?? 0
  }

  /// The disagreement with the predictions that are `recorded`, in words; nil if rounding explains it.
  func disagreement(with recorded: PredictionTable, _ tolerance: Tolerance) -> String? {
    guard labels == recorded.labels, classNames == recorded.classNames,
      indices == recorded.indices, files == recorded.files
    else { return "predictions.csv is of other images" }
    let difference = largestDifference(from: recorded)
    return difference <= tolerance.ofProbabilities
      ? nil : "probabilities differ from predictions.csv by up to \(difference)"
  }
}
