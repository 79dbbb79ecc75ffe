import Learning
import Specs
import Testing

@Suite struct LionTests {
  @Test func `defaults are Keras's`() {
    #expect(Lion().learningRate == 0.001)
    #expect(Lion().beta1 == 0.9)
    #expect(Lion().beta2 == 0.99)
  }

  @Test(arguments: [(1e-20, -0.001), (-5, 0.001), (0, 0)] as [(Float, Float)])
  func `every step has one size`(gradient: Float, step: Float) {
    #expect(Float(descent(Lion(), gradient: gradient)) == step)
  }
}
