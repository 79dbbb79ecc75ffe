import Learning
import Specs
import Testing

@Suite struct RMSpropTests {
  @Test func `defaults are Keras's`() {
    #expect(RMSprop().learningRate == 0.001)
    #expect(RMSprop().rho == 0.9)
    #expect(RMSprop().momentum == 0)
    #expect(RMSprop().epsilon == 1e-7)
    #expect(!RMSprop().centered)
  }

  @Test(
    arguments: [
      "{type: rmsprop}": 1, "{type: rmsprop, momentum: 0.9}": 2,
      "{type: rmsprop, centered: true}": 2,
      "{type: rmsprop, centered: true, momentum: 0.9}": 3,
    ])
  func `keeps only the state that it needs`(spec: String, slots: Int) throws {
    let optimizer: OneOf<OptimizerCatalog> = try declared(spec)
    #expect(optimizer.value.updateRule.slotCount == slots)
  }
}
