import Glibc
import Learning
import ReferenceBackend
import Specs
import Tensors
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

  @Test(arguments: [false, true])
  func `steps are the formula's to the bit, whatever the CPU`(amsgrad: Bool) {
    let count = 1003
    var adam = Adam()
    adam.amsgrad = amsgrad
    let rule = adam.updateRule
    var numbers = (0..<count * 5).map { $0 < count ? Float(sin(Double($0))) : 0 }
    var expected = numbers[..<count].map {
      (value: $0, mean: Float(0), variance: Float(0), largest: Float(0))
    }
    for number in 1...3 {
      let gradients = (0..<count).map { Float(cos(Double($0 * number))) }
      numbers.replaceSubrange(count..<2 * count, with: gradients)
      numbers.withUnsafeMutableBufferPointer { numbers in
        guard let address = numbers.baseAddress else { return }
        rule.update(
          ParameterSlice(
            of: Parameter(name: "it", shape: [count], role: .bias, initializer: .zeros),
            values: address, gradients: address + count,
            slots: (2..<5).map { address + $0 * count }, count: count),
          UpdateStep(
            number: number, rates: StepRates(learningRate: 0.01), matrices: PlainProducts()))
      }
      let rate = Float(
        0.01 * (1 - pow(0.999, Double(number))).squareRoot() / (1 - pow(0.9, Double(number))))
      for (index, gradient) in gradients.enumerated() {
        expected[index].mean += (gradient - expected[index].mean) * Float(1 - 0.9)
        expected[index].variance +=
          (gradient * gradient - expected[index].variance) * Float(1 - 0.999)
        expected[index].largest = max(expected[index].largest, expected[index].variance)
        let divisor = amsgrad ? expected[index].largest : expected[index].variance
        expected[index].value -= rate * expected[index].mean / (divisor.squareRoot() + 1e-7)
      }
      #expect(Array(numbers[..<count]) == expected.map(\.value))
    }
  }
}
