import Learning
import Specs
import Testing

@Suite struct ReduceLROnPlateauTests {
  /// Keras keeps the learning rate in float32.
  @Test(arguments: try CallbackCase.all("reduce_lr_on_plateau"))
  func `the learning rate falls when Keras's does`(expected: CallbackCase) throws {
    let answers = Answers(try declared("{\(expected.spec)}"), expected.monitor, expected.values)
    #expect(answers.learningRates.count == expected.learningRates.count)
    for (rate, wanted) in zip(answers.learningRates, expected.learningRates) {
      #expect(abs(rate - wanted) <= 1e-6 * wanted + 1e-9)
    }
  }

  /// Three steps an epoch. Epochs 2 and 3 are no better than the first; then there is a rest.
  @Test func `it multiplies what the schedule says`() throws {
    var words: [String] = []
    func rates(_ callbacks: [String]) throws -> [Double] {
      let log = Log()
      _ = try Trainings.trainer(
        training: "{epochs: 5, batch_size: 16}",
        optimizer: "{type: sgd, learning_rate: {type: cosine_decay, initial_learning_rate: 0.1}}",
        callbacks: callbacks
      ).train(
        on: Trainings.samples(40), validation: nil, backend: ScriptedBackend(),
        observe: { log.events.append($0) })
      words = log.words
      return log.records.map(\.learningRate)
    }
    let usual = try rates([])
    let lowered = try rates(
      ["{type: reduce_lr_on_plateau, monitor: loss, factor: 0.25, patience: 2, cooldown: 2}"])
    #expect(Set(usual).count == 5)
    #expect(zip(lowered, usual).map { $0 / $1 } == [1, 1, 1, 0.25, 0.25])
    #expect(words.contains("after epoch 3 the learning rate is 0.25 times as high"))
  }

  @Test(arguments: ["factor: 1", "factor: -0.5", "min_lr: -1", "cooldown: -1"])
  func `what would not lower it is refused`(field: String) {
    let found = findings(
      "{type: reduce_lr_on_plateau, \(field)}", as: OneOf<CallbackCatalog>.self)
    #expect(found.contains("error: must be at least 0") || found.contains("greater than 0"))
  }
}
