import Learning
import Specs
import Testing

@Suite struct NadamTests {
  @Test func `defaults are Keras's`() {
    #expect(Nadam().learningRate == 0.001)
    #expect(Nadam().moments.beta1 == 0.9)
    #expect(Nadam().moments.beta2 == 0.999)
  }

  @Test func `late steps look one step ahead of Adam's`() throws {
    // All corrections are over: 0.9 · mean + 0.1 · gradient, where the mean is 0.1, instead of the mean.
    let nadam = descent(Nadam(), first: 200_000)
    let adam = descent(Adam(), first: 200_000)
    #expect(abs(nadam - 1.9 * adam) < 1e-6 * abs(adam))
  }

  @Test func `its momentum cannot be scheduled`() {
    let found = findings(
      "{type: nadam, learning_rate: {type: one_cycle, max_learning_rate: 0.01}}",
      as: OneOf<OptimizerCatalog>.self)
    #expect(found.contains("'one_cycle' changes the momentum too, but this 'nadam' has none"))
  }
}
