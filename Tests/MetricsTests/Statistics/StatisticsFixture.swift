import Foundation
import Testing

/// What SciPy, statsmodels and scikit-learn say; `Fixtures/make_statistics.py` wrote it.
struct StatisticsFixture: Decodable {
  struct Interval: Decodable, CustomTestStringConvertible {
    let name: String
    let values: [Double]
    let level, mean: Double
    let deviation: Double?
    /// The interval of the mean of values of 0 and more; of values from 0 to 1.
    let nonNegative, unitInterval: [Double]?
    var testDescription: String { "\(name), \(level)" }
  }

  struct Difference: Decodable, CustomTestStringConvertible {
    let name: String
    let paired: Bool
    let first, second: [Double]
    let mean: Double
    let pValue: Double?
    let interval: [Double]?
    var testDescription: String { name }
  }

  struct Holm: Decodable { let pValues, adjusted: [Double] }

  struct Calibration: Decodable, CustomTestStringConvertible {
    let name: String
    let binCount: Int
    let confidences: [Double]
    let right, counts: [Int]
    let accuracy, confidence: [Double]
    let error: Double
    var testDescription: String { name }
  }

  struct Temperature: Decodable, CustomTestStringConvertible {
    let name: String
    /// Of each class, sample by sample; they become softmax(log p ÷ temperature).
    let probabilities, scaled: [[Double]]
    let labels: [Int]
    let temperature: Double
    var testDescription: String { name }
  }

  let pValues, quantiles, mcnemar: [[Double]]
  let intervals: [Interval]
  let differences: [Difference]
  let holm: [Holm]
  let calibration: [Calibration]
  let temperatures: [Temperature]

  static func load() throws -> StatisticsFixture {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/statistics", withExtension: "json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(StatisticsFixture.self, from: Data(contentsOf: url))
  }
}

extension Double {
  /// Whether this is `other` but for a billionth of it.
  func isClose(to other: Double) -> Bool { abs(self - other) <= 1e-9 * abs(other) }
}

extension ClosedRange<Double> {
  /// Whether the bounds are those, but for a billionth of the largest number involved.
  func isClose(to bounds: [Double]) -> Bool {
    let scale = bounds.map { abs($0) }.max() ?? 0
    return abs(lowerBound - bounds[0]) <= 1e-9 * scale
      && abs(upperBound - bounds[1]) <= 1e-9 * scale
  }
}
