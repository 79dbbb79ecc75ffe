import Foundation
import Metrics
import Testing

@Suite struct ScoresTests {
  private let scores = Scores(
    confusionMatrix: ConfusionMatrix(
      labels: [0, 1, 2, 2], predictions: [0, 1, 1, 0], classCount: 3),
    loss: 0.5)

  @Test func classesNeverPredictedAreNamed() {
    #expect(scores.neverPredicted == [2])
    #expect(scores.perClass[2].precision == 0)
  }

  @Test func `a class without images that is predicted counts as 0, and is named`() {
    // sklearn.metrics.f1_score([0, 1, 1], [0, 1, 2], average="macro", zero_division=0)
    let scores = Scores(
      confusionMatrix: ConfusionMatrix(
        labels: [0, 1, 1], predictions: [0, 1, 2], classCount: 4), loss: 0.5)
    #expect(scores.predictedWithoutSamples == [2])
    #expect(abs(scores.f1Macro - 0.5555555555555555) < 1e-12)
    #expect(self.scores.predictedWithoutSamples == [])
  }

  @Test func jsonHasTheDocumentedKeys() throws {
    let json = try JSONEncoder().encode(scores)
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "accuracy", "confusion_matrix", "f1_macro", "loss", "per_class", "precision_macro",
        "recall_macro",
      ])
  }

  @Test(arguments: zip(Metric.allCases, [0.5, 0.5, 1.0 / 3, 2.0 / 3, 4.0 / 9]))
  func metricsReadTheScores(metric: Metric, value: Double) {
    #expect(abs(metric.value(in: scores) - value) < 1e-12)
  }

  @Test func onlyOfTheLossLessIsBetter() {
    #expect(Metric.allCases.filter { !$0.higherIsBetter } == [.loss])
  }
}
