import Learning
import Specs
import Testing

@Suite struct ModelCheckpointTests {
  @Test(arguments: try CallbackCase.all("model_checkpoint"))
  func `checkpoints are saved when Keras's are`(expected: CallbackCase) throws {
    let answers = Answers(try declared("{\(expected.spec)}"), expected.monitor, expected.values)
    #expect(answers.actions.count == expected.epochs)
    #expect(answers.epochs(of: .saveParameters(keepingLast: 0)) == expected.saved)
    let best = expected.spec.contains("save_best_only: true")
    #expect(answers.atEnd == (best ? [.scoreKeptParameters] : []))
  }

  @Test func `the best of every second epoch may be wanted, and the last of these kept`() throws {
    let yaml =
      "{type: model_checkpoint, save_best_only: true, every_epochs: 2, max_to_keep: 3}"
    let answers = Answers(try declared(yaml), "val_loss", [1, 5, 2, 4, 3, 4, 0, 3])
    #expect(answers.epochs(of: .saveParameters(keepingLast: 3)) == [2, 4, 8])
  }

  @Test func `the last weights are saved after every epoch, whichever is the best`() throws {
    let yaml = "{type: model_checkpoint, save_best_only: true, save_last: true, every_epochs: 2}"
    let answers = Answers(try declared(yaml), "val_loss", [1, 5, 2, 4])
    #expect(answers.epochs(of: .saveLastParameters) == [1, 2, 3, 4])
    #expect(answers.epochs(of: .saveParameters(keepingLast: 0)) == [2, 4])
  }

  @Test(arguments: ["every_epochs: 0", "max_to_keep: -1"])
  func `counts that make no sense are refused`(field: String) {
    let found = findings("{type: model_checkpoint, \(field)}", as: OneOf<CallbackCatalog>.self)
    #expect(found.contains("error: must be at least "))
  }
}
