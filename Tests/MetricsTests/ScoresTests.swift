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
        "accuracy", "balanced_accuracy", "cohen_kappa", "confusion_matrix", "f1_macro", "f1_micro",
        "f1_weighted", "loss", "matthews_corrcoef", "per_class", "precision_macro",
        "precision_micro", "precision_weighted", "recall_macro", "recall_micro", "recall_weighted",
      ])
  }

  @Test(arguments: zip(Metric.usual, [0.5, 0.5, 1.0 / 3, 2.0 / 3, 4.0 / 9]))
  func metricsReadTheScores(metric: Metric, value: Double) throws {
    #expect(abs(try #require(metric.value(in: scores)) - value) < 1e-12)
  }

  @Test func onlyOfLossesLessIsBetter() {
    #expect(Metric.allCases.filter { !$0.higherIsBetter } == [.loss, .logLoss, .brierScore])
  }

  @Test func `an undefined metric is null`() throws {
    let scores = Scores(
      confusionMatrix: ConfusionMatrix(labels: [1, 1], predictions: [1, 1], classCount: 2), loss: 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(scores)) as? [String: Any])
    #expect(object["cohen_kappa"] is NSNull)
    #expect(object["balanced_accuracy"] as? Double == 1)
  }
}
