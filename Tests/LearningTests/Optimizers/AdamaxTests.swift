import Learning
import Specs
import Testing

@Suite struct AdamaxTests {
  @Test func `defaults are Keras's`() {
    #expect(Adamax().learningRate == 0.001)
    #expect(Adamax().beta1 == 0.9)
    #expect(Adamax().beta2 == 0.999)
    #expect(Adamax().epsilon == 1e-7)
  }

  @Test func `the first step is as long as the rate`() {
    #expect(abs(descent(Adamax()) + 0.001) < 1e-9)
  }
}
