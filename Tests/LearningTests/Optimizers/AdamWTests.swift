import Learning
import Specs
import Testing

@Suite struct AdamWTests {
  @Test func `defaults are Keras's`() {
    #expect(AdamW().learningRate == 0.001)
    #expect(AdamW().settings.weightDecay == 0.004)
  }

  @Test func `without weight decay it is Adam`() throws {
    let adamW: OneOf<OptimizerCatalog> = try declared("{type: adamw, weight_decay: 0}")
    #expect(descent(adamW.value, start: 1) == descent(Adam(), start: 1))
    #expect(descent(AdamW(), start: 1) != descent(Adam(), start: 1))
  }
}
