import Learning
import Specs
import Testing

@Suite struct EarlyStoppingTests {
  @Test(arguments: try CallbackCase.all("early_stopping"))
  func `early stopping ends and goes back as Keras's does`(expected: CallbackCase) throws {
    let answers = Answers(try declared("{\(expected.spec)}"), expected.monitor, expected.values)
    #expect(answers.actions.count == expected.epochs)
    let restores = answers.atEnd.contains(.restoreKeptParameters)
    #expect(restores == expected.spec.contains("restore_best_weights: true"))
    let kept = answers.epochs(of: .keepParameters).last
    #expect(((restores ? kept : nil) ?? answers.actions.count) == expected.finalEpoch)
  }

  @Test func `stopping after one epoch reads well`() throws {
    let answers = Answers(try declared("{type: early_stopping}"), "val_loss", [0.5, 0.75])
    #expect(
      answers.stopReasons == ["val_loss has not improved for 1 epoch; the best epoch was 1"])
  }

  @Test func `a baseline stands in the reason`() throws {
    let yaml = "{type: early_stopping, patience: 2, baseline: 0.25}"
    let answers = Answers(try declared(yaml), "val_loss", [0.5, 0.75, 1])
    #expect(
      answers.stopReasons
        == ["val_loss has not improved beyond 0.25 for 2 epochs; the best epoch was 1"])
  }

  @Test(arguments: [
    ("patience: 3", 4), ("patience: 3, start_from_epoch: 2", 6), ("patience: 0", 1),
    ("patience: 9223372036854775807, start_from_epoch: 9223372036854775807", Int.max),
  ])
  func `its patience decides what it can change`(fields: String, epoch: Int) throws {
    let stopping: EarlyStopping = try declared("{\(fields)}")
    #expect(stopping.firstEffect?.key == "patience")
    #expect(stopping.firstEffect?.epoch == epoch)
    // Going back to the best weights is always something.
    let restoring: EarlyStopping = try declared("{\(fields), restore_best_weights: true}")
    #expect(restoring.firstEffect == nil)
  }

  @Test func `each run has a callback of its own`() throws {
    let declaration: OneOf<CallbackCatalog> = try declared("{type: early_stopping, patience: 1}")
    for _ in 0..<2 {
      #expect(Answers(declaration, "val_loss", [0.5, 0.75]).stopReasons.count == 1)
    }
  }
}
