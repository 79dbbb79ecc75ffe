import Metrics
import Testing

@Suite struct EpochRecordTests {
  private let scores = Scores(
    confusionMatrix: ConfusionMatrix(labels: [0, 1, 1], predictions: [0, 1, 0], classCount: 2),
    loss: 0.25)

  private func record(validation: [Metric: Double]) -> EpochRecord {
    EpochRecord(
      epoch: 3, seconds: 2.5, learningRate: 0.001, loss: 0.5, accuracy: 0.75, validation: validation
    )
  }

  @Test func everyColumnHasItsValue() {
    let record = record(validation: Metric.values(of: Metric.usual, in: scores))
    #expect(
      EpochRecord.usualColumns.map { record[$0] } == [
        3, 2.5, 0.001, 0.5, 0.75, 0.25, scores.accuracy,
        Metric.precisionMacro.value(in: scores), Metric.recallMacro.value(in: scores),
        scores.f1Macro,
      ])
  }

  @Test(arguments: ["val_speed", "test_loss", "f1_macro", ""])
  func otherColumnsAreNotThere(column: String) {
    #expect(record(validation: Metric.values(of: Metric.usual, in: scores))[column] == nil)
  }

  @Test func withoutValidationItsColumnsAreEmpty() {
    let record = record(validation: [:])
    #expect(EpochRecord.validationColumns.allSatisfy { record[$0] == nil })
  }

  @Test(
    arguments: [
      ("val_f1_macro", true), ("accuracy", true), ("loss", false), ("val_loss", false),
      ("seconds", nil), ("learning_rate", nil), ("epoch", nil),
    ] as [(String, Bool?)])
  func whichDirectionIsBetter(column: String, expected: Bool?) {
    #expect(EpochRecord.higherIsBetter(column) == expected)
  }
}
