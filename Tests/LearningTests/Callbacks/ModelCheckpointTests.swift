import Learning
import Specs
import Testing

@Suite struct ModelCheckpointTests {
  @Test(arguments: try CallbackCase.all("model_checkpoint"))
  func `checkpoints are saved when Keras's are`(expected: CallbackCase) throws {
    let answers = Answers(try declared("{\(expected.spec)}"), expected.monitor, expected.values)
    #expect(answers.actions.count == expected.epochs)
    #expect(answers.epochs(of: .saveParameters) == expected.saved)
    let best = expected.spec.contains("save_best_only: true")
    #expect(answers.atEnd == (best ? [.scoreKeptParameters] : []))
  }
}
