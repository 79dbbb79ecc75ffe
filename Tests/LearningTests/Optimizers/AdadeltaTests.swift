import Learning
import Specs
import Testing

@Suite struct AdadeltaTests {
  @Test func `defaults are Keras's`() {
    #expect(Adadelta().learningRate == 0.001)
    #expect(Adadelta().rho == 0.95)
    #expect(Adadelta().epsilon == 1e-7)
  }

  @Test func `the first step is as long as epsilon lets it`() {
    // 0.001 · √1e-7 ÷ √(0.05 + 1e-7)
    #expect(abs(descent(Adadelta()) + 0.001 * (1e-7 / 0.0500001).squareRoot()) < 1e-11)
  }
}
