/// The agreement of several networks on the classes of the same samples, be they right or wrong.
package struct Agreement: Hashable, Sendable {
  /// Number of networks, at least two.
  package let networkCount: Int
  /// Number of samples, at least one.
  package let sampleCount: Int
  /// The samples that all networks take for the same class.
  package let unanimousCount: Int
  /// The share of samples that two networks take for the same class, the mean over all pairs.
  package let pairwise: Double
  /// (pairwise agreement − chance) ÷ (1 − chance), where chance is the agreement of two predictions drawn from all of them
  /// (Fleiss 1971); nil if all are of one class.
  package let fleissKappa: Double?

  /// The agreement of the classes that each network predicts, sample by sample; nil for fewer than two networks, or
  /// without samples.
  package init?(_ predictions: [[Int]], classCount: Int) {
    guard predictions.count > 1, let sampleCount = predictions.first?.count, sampleCount > 0 else {
      return nil
    }
    precondition(predictions.allSatisfy { $0.count == sampleCount }, "of the same samples")
    let networkCount = predictions.count
    var totals = [Int](repeating: 0, count: classCount)
    var counts = totals
    var (unanimousCount, agreeing) = (0, 0)
    for sample in 0..<sampleCount {
      for network in predictions { counts[network[sample]] += 1 }
      if counts[predictions[0][sample]] == networkCount { unanimousCount += 1 }
      for network in predictions {
        agreeing += counts[network[sample]] - 1
        totals[network[sample]] += 1
      }
      for network in predictions { counts[network[sample]] = 0 }
    }
    self.networkCount = networkCount
    self.sampleCount = sampleCount
    self.unanimousCount = unanimousCount
    let all = Double(networkCount * sampleCount)
    pairwise = Double(agreeing) / (all * Double(networkCount - 1))
    let chance = totals.reduce(0) { $0 + Double($1) / all * (Double($1) / all) }
    fleissKappa =
      totals.contains(networkCount * sampleCount)
      ? nil : (pairwise - chance) / (1 - chance)
  }
}
