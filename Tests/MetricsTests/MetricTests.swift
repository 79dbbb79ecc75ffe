import Foundation
import Metrics
import Testing

/// Probabilities and every metric of them by scikit-learn; `Fixtures/make_metrics.py` wrote them.
struct MetricCase: Decodable, CustomTestStringConvertible {
  let name: String
  let labels: [Int]
  let probabilities: [[Float]]
  let values: [String: Double?]
  /// The curves of the second of two classes.
  let curves: Curves?

  struct Curves: Decodable {
    let thresholds, falsePositiveRates, truePositiveRates, precisions, recalls: [Double]
    let bestBalancedAccuracy: Double

    enum CodingKeys: String, CodingKey {
      case thresholds, precisions, recalls
      case falsePositiveRates = "false_positive_rates"
      case truePositiveRates = "true_positive_rates"
      case bestBalancedAccuracy = "best_balanced_accuracy"
    }
  }

  var testDescription: String { name }
  var classCount: Int { probabilities[0].count }

  var predictions: [Int] {
    probabilities.map { row in row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 } }
  }

  var samples: LabelledProbabilities? {
    LabelledProbabilities(
      labels: labels, probabilities: probabilities.flatMap(\.self), classCount: classCount)
  }

  var scores: Scores {
    Scores(
      confusionMatrix: ConfusionMatrix(
        labels: labels, predictions: predictions, classCount: classCount),
      loss: 0.25, probabilities: samples)
  }

  static func all() throws -> [MetricCase] {
    struct File: Decodable { let cases: [MetricCase] }
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/metrics", withExtension: "json"))
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }
}

@Suite struct MetricTests {
  @Test(arguments: try MetricCase.all())
  func `every metric is scikit-learn's, and undefined where that has no meaning`(
    expected: MetricCase
  ) throws {
    let scores = expected.scores
    for metric in Metric.allCases where metric != .loss {
      let value = metric.value(in: scores)
      let wanted = try #require(expected.values[metric.rawValue], "\(metric.rawValue)")
      #expect((value == nil) == (wanted == nil), "\(metric.rawValue)")
      if let value, let wanted {
        #expect(abs(value - wanted) <= 1e-9 * max(1, abs(wanted)), "\(metric.rawValue)")
        #expect(metric.range.contains(value), "\(metric.rawValue)")
      }
      #expect(
        value != nil || metric.undefined != nil, "\(metric.rawValue) says where it is undefined")
    }
  }

  @Test func `names are those of results, and lead back`() {
    for metric in Metric.allCases { #expect(Metric(rawValue: metric.rawValue) == metric) }
    #expect(Set(Metric.allCases).count == Metric.allCases.count)
    #expect(Metric(rawValue: "speed") == nil)
  }

  @Test func `words of other programs name one metric each`() {
    let words = Metric.otherNames.flatMap(\.words)
    #expect(Set(words).count == words.count)
    #expect(words.allSatisfy { Metric(rawValue: $0) == nil })
  }

  @Test func `probabilities are not needed for what comes from counts`() {
    let scores = Scores(
      confusionMatrix: ConfusionMatrix(labels: [0, 1], predictions: [0, 1], classCount: 2), loss: 0)
    #expect(Metric.balancedAccuracy.value(in: scores) == 1)
    #expect(Metric.rocAUCMacro.value(in: scores) == nil)
    #expect(!scores.measured.contains(.rocAUCMacro))
  }

  @Test func `a metric that nobody asked for is not measured`() throws {
    let expected = try #require(try MetricCase.all().first)
    let scores = Scores(
      confusionMatrix: expected.scores.confusionMatrix, loss: 0,
      probabilities: expected.samples, measuring: [.loss, .logLoss])
    #expect(scores.ofProbabilities.keys.map(\.rawValue) == ["log_loss"])
  }

  @Test(arguments: [Float.nan, -0.5, 1.5, .infinity])
  func `probabilities that are none have no metrics`(value: Float) {
    #expect(
      LabelledProbabilities(labels: [0], probabilities: [value, 0.5], classCount: 2) == nil)
  }
}
