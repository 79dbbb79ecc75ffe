import CKernels
import Foundation
import Testing

@Suite struct ElementwiseTests {
  @Test func tanhIsThatOfDoublePrecision() {
    let points = stride(from: Float(-12), through: 12, by: 1.0 / 4096).map { $0 }
    let tiny: [Float] = [0, 1e-30, -1e-30, 1e-7, 0.35, -0.35, 0.3499999, 30, -30]
    var values = points + tiny
    exp_tanh(&values, Int64(values.count))
    for (x, found) in zip(points + tiny, values) {
      let wanted = tanh(Double(x))
      #expect(abs(Double(found) - wanted) <= 4e-7 * abs(wanted), "tanh(\(x))")
    }
  }

  @Test func tanhOfWhatIsNoNumber() {
    var values: [Float] = [.infinity, -.infinity, .nan]
    exp_tanh(&values, 3)
    #expect(values[0] == 1 && values[1] == -1 && values[2].isNaN)
  }
}
