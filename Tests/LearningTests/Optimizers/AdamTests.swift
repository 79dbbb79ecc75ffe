import Learning
import Specs
import Testing

@Suite struct AdamTests {
  @Test func `defaults are Keras's`() {
    #expect(Adam().learningRate == 0.001)
    #expect(Adam().moments.beta1 == 0.9)
    #expect(Adam().moments.beta2 == 0.999)
    #expect(Adam().moments.epsilon == 1e-7)
    #expect(!Adam().amsgrad)
    #expect(Adam().settings.weightDecay == 0)
    #expect(Adam().settings.globalClipnorm == nil)
    #expect(Adam().settings.clipvalue == nil)
  }

  @Test(
    arguments: [
      "learning_rate: -1": "must be greater than 0, got -1",
      "beta_1: 1": "must be at least 0 and less than 1, got 1",
      "beta_2: -0.5": "must be at least 0 and less than 1, got -0.5",
      "epsilon: 0": "must be at least 1e-12, got 0",
    ])
  func `a value out of range is refused`(fields: String, message: String) {
    let found = findings("{type: adam, \(fields)}", as: OneOf<OptimizerCatalog>.self)
    #expect(found.contains("error: \(message)\n"))
  }
}
