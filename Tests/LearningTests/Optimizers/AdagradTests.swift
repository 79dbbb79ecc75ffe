import Learning
import Specs
import Testing

@Suite struct AdagradTests {
  @Test func `defaults are Keras's`() {
    #expect(Adagrad().learningRate == 0.001)
    #expect(Adagrad().initialAccumulatorValue == 0.1)
    #expect(Adagrad().epsilon == 1e-7)
  }

  @Test func `the sum of squares does not start at 0, though all state does`() throws {
    // 0.001 · 1 ÷ √(0.1 + 1)
    #expect(abs(descent(Adagrad()) + 0.001 / 1.1.squareRoot()) < 1e-9)
  }
}
