import Learning
import Specs
import Testing

@Suite struct CategoricalFocalCrossentropyTests {
  @Test func `defaults are Keras's`() {
    #expect(CategoricalFocalCrossentropy().alpha == 0.25)
    #expect(CategoricalFocalCrossentropy().gamma == 2)
  }

  @Test(arguments: [0, 0.5, 1, 2])
  func `certainty is no loss and has no slope, not even where gamma is small`(gamma: Double) throws
  {
    let loss: OneOf<LossCatalog> = try declared("{type: focal, gamma: \(gamma)}")
    for logarithm in [0, -1e-300, -1e-16] {
      let found = try value(loss.value.function, [logarithm, -800], [1, 0])
      #expect(found.loss >= 0 && found.loss < 1e-8)
      #expect(found.slopes.allSatisfy { $0.isFinite })
      #expect(gamma == 0 || abs(found.slopes[0]) < 1e-7)
    }
  }
}
