import Foundation
import Metrics
import Testing

@Suite struct ScoreNameTests {
  @Test func everyNameReadsBack() {
    #expect(ScoreName.allCases.count == 2 * Metric.allCases.count)
    for name in ScoreName.allCases { #expect(ScoreName(rawValue: name.rawValue) == name) }
  }

  @Test func namesAreSetAndMetric() {
    #expect(ScoreName(rawValue: "val_accuracy") == ScoreName(.validation, .accuracy))
    #expect(ScoreName(rawValue: "test_f1_macro") == ScoreName(.test, .f1Macro))
  }

  @Test(arguments: [
    "accuracy", "val_", "test", "val_speed", "validation_loss", "test_val_loss", "",
  ])
  func otherTextsNameNothing(text: String) {
    #expect(ScoreName(rawValue: text) == nil)
  }

  @Test func onlyOfLossesLessIsBetter() {
    #expect(
      ScoreName.allCases.filter { !$0.higherIsBetter }.map(\.rawValue) == [
        "val_loss", "val_log_loss", "val_brier_score", "test_loss", "test_log_loss",
        "test_brier_score",
      ])
  }

  @Test func jsonHasTheName() throws {
    let json = try JSONEncoder().encode([ScoreName(.test, .loss)])
    #expect(String(decoding: json, as: UTF8.self) == #"["test_loss"]"#)
  }
}
