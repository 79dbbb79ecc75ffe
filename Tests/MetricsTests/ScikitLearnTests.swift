import Foundation
import Metrics
import Testing

/// Predictions with what scikit-learn makes of them; `Fixtures/make_fixtures.py` wrote them.
struct ScikitLearnCase: Decodable, CustomTestStringConvertible {
  let name: String
  let classCount: Int
  let labels, predictions, support: [Int]
  let accuracy, precisionMacro, recallMacro, f1Macro: Double
  let precision, recall, f1: [Double]
  let confusionMatrix: [[Int]]
  let report: String

  var testDescription: String { name }
  var classNames: [String] { (0..<classCount).map(String.init) }
  var scores: Scores {
    Scores(
      confusionMatrix: ConfusionMatrix(
        labels: labels, predictions: predictions, classCount: classCount),
      loss: 0.25)
  }

  static func all() throws -> [ScikitLearnCase] {
    struct File: Decodable { let cases: [ScikitLearnCase] }
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/classification", withExtension: "json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(File.self, from: Data(contentsOf: url)).cases
  }
}

@Suite("Scores are scikit-learn's")
struct ScikitLearnTests {
  @Test(arguments: try ScikitLearnCase.all())
  func macroScoresAgree(expected: ScikitLearnCase) throws {
    let scores = expected.scores
    #expect(abs(scores.accuracy - expected.accuracy) < 1e-9)
    for (metric, wanted) in [
      (Metric.precisionMacro, expected.precisionMacro), (.recallMacro, expected.recallMacro),
    ] {
      let value = try #require(metric.value(in: scores))
      #expect(abs(value - wanted) < 1e-9)
    }
    #expect(abs(scores.f1Macro - expected.f1Macro) < 1e-9)
  }

  @Test(arguments: try ScikitLearnCase.all())
  func scoresOfEachClassAgree(expected: ScikitLearnCase) {
    let scores = expected.scores
    #expect(scores.perClass.map(\.support) == expected.support)
    for (label, ours) in scores.perClass.enumerated() {
      #expect(abs(ours.precision - expected.precision[label]) < 1e-9)
      #expect(abs(ours.recall - expected.recall[label]) < 1e-9)
      #expect(abs(ours.f1 - expected.f1[label]) < 1e-9)
    }
  }

  @Test(arguments: try ScikitLearnCase.all())
  func confusionMatrixAgrees(expected: ScikitLearnCase) throws {
    let json = try JSONEncoder().encode(expected.scores.confusionMatrix)
    #expect(try JSONDecoder().decode([[Int]].self, from: json) == expected.confusionMatrix)
  }

  @Test(arguments: try ScikitLearnCase.all())
  func reportAgreesToTheSpace(expected: ScikitLearnCase) {
    #expect(
      expected.scores.classificationReport(classNames: expected.classNames) == expected.report)
  }
}
