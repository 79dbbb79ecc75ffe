import Glibc

/// The division of a classifier's logits by one number, its temperature, so that its probabilities become as sure as
/// they are right (Guo et al. 2017). The order of the classes stays.
///
/// A logit is known from its probability but for a constant, which softmax removes: softmax(logits ÷ T) is
/// softmax(log p ÷ T). This ends where a probability is rounded to 0, which counts as 1.4e-45: a class whose logit lies
/// more than 87 to 103 below the highest, as softmax rounds, gets up to exp(−103 ÷ T). Exports divide the logits
/// themselves, so that there both differ: by less than 1e-9 for T up to 4, by up to 0.01 for each such class at 20.
package struct TemperatureScaling: Hashable, Sendable {
  /// Above 1 where the network was too sure, below 1 where it was not sure enough.
  package let temperature: Double

  /// The temperatures that are fitted: where all predictions are right, or none, none would be best.
  package static let range = 0.05...20

  package init(temperature: Double) { self.temperature = temperature }

  /// The temperature with the least mean cross-entropy of `labels`, found to a relative 1e-9.
  ///
  /// `probabilities` has one for each class, sample by sample. Returns nil if there are no samples, or if one is not a
  /// number.
  package init?(fitting probabilities: [Float], labels: [Int], classCount: Int) {
    precondition(probabilities.count == labels.count * classCount, "one for each class")
    guard !labels.isEmpty, probabilities.allSatisfy(\.isFinite) else { return nil }
    let logits = probabilities.map(Self.logit)
    // The loss is convex in 1 ÷ T: its slope rises, and is 0 where it is least.
    var (low, high) = (1 / Self.range.upperBound, 1 / Self.range.lowerBound)
    func slope(_ inverse: Double) -> (value: Double, derivative: Double) {
      Self.slope(logits, labels, classCount, inverse)
    }
    if slope(low).value >= 0 { high = low }
    if slope(high).value <= 0 { low = high }
    var inverse = min(max(1, low), high)
    while high - low > 1e-9 * low {
      let (value, derivative) = slope(inverse)
      if value > 0 { high = inverse } else { low = inverse }
      let next = inverse - value / derivative
      if abs(next - inverse) <= 1e-9 * inverse { break }
      // Newton's step, as long as it stays inside.
      inverse = low < next && next < high ? next : (low + high) / 2
    }
    temperature = 1 / inverse
  }

  /// The probabilities at this temperature; `probabilities` has one for each class, sample by sample.
  package func applied(to probabilities: [Float], classCount: Int) -> [Float] {
    var result = probabilities
    for start in stride(from: 0, to: result.count, by: classCount) {
      let row = start..<start + classCount
      let logits = row.map { Self.logit(probabilities[$0]) / temperature }
      let highest = logits.max() ?? 0
      let terms = logits.map { exp($0 - highest) }
      let sum = terms.reduce(0, +)
      for (place, term) in zip(row, terms) { result[place] = Float(term / sum) }
    }
    return result
  }

  /// A probability that was rounded to 0 counts as the least that is not.
  private static func logit(_ probability: Float) -> Double {
    log(Double(max(probability, .leastNonzeroMagnitude)))
  }

  /// The derivative of the summed cross-entropy by `inverse`, which logits are multiplied with, and its own derivative.
  private static func slope(
    _ logits: [Double], _ labels: [Int], _ classCount: Int, _ inverse: Double
  ) -> (value: Double, derivative: Double) {
    var (value, derivative) = (0.0, 0.0)
    for (sample, label) in labels.enumerated() {
      let row = logits[sample * classCount..<(sample + 1) * classCount]
      let highest = row.max() ?? 0
      var (sum, mean, square) = (0.0, 0.0, 0.0)
      for logit in row {
        let weight = exp(inverse * (logit - highest))
        sum += weight
        mean += weight * logit
        square += weight * logit * logit
      }
      mean /= sum
      value += mean - row[row.startIndex + label]
      derivative += square / sum - mean * mean
    }
    return (value, derivative)
  }
}
