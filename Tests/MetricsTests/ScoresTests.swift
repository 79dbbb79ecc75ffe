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

  @Test func jsonHasTheDocumentedKeysAndReadsBack() throws {
    let json = try JSONEncoder().encode(scores)
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "accuracy", "confusion_matrix", "f1_macro", "loss", "per_class", "precision_macro",
        "recall_macro",
      ])
    #expect(try JSONDecoder().decode(Scores.self, from: json) == scores)
  }

  @Test func lossAndConfusionMatrixAreEnoughToRead() throws {
    let json = Data(#"{"loss": 0.5, "confusion_matrix": [[1, 0, 0], [0, 1, 0], [1, 1, 0]]}"#.utf8)
    #expect(try JSONDecoder().decode(Scores.self, from: json) == scores)
  }

  @Test func aMatrixThatIsNotSquareIsRejected() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ConfusionMatrix.self, from: Data("[[1, 2], [3]]".utf8))
    }
  }

  @Test(arguments: zip(Metric.allCases, [0.5, 0.5, 1.0 / 3, 2.0 / 3, 4.0 / 9]))
  func metricsReadTheScores(metric: Metric, value: Double) {
    #expect(abs(metric.value(in: scores) - value) < 1e-12)
  }

  @Test func onlyOfTheLossLessIsBetter() {
    #expect(Metric.allCases.filter { !$0.higherIsBetter } == [.loss])
  }
}
