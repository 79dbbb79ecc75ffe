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

  @Test(arguments: ["factor: 1", "factor: -0.5", "min_lr: -1", "cooldown: -1"])
  func `what would not lower it is refused`(field: String) {
    let found = findings(
      "{type: reduce_lr_on_plateau, \(field)}", as: OneOf<CallbackCatalog>.self)
    #expect(found.contains("error: must be at least 0"))
  }
}
