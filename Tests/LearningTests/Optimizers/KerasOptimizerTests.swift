import Foundation
import Learning
import ReferenceBackend
import Specs
import Tensors
import Testing

/// Twenty steps of one of Keras's optimizers; `Fixtures/make_optimizer_fixtures.py` wrote them.
struct OptimizerCase: Decodable, CustomTestStringConvertible {
  let name: String
  let spec: String
  /// The parameters after each step.
  let after: [[Float]]
  var testDescription: String { name }

  struct File: Decodable {
    let start: [Float]
    let gradients: [[Float]]
    let cases: [OptimizerCase]
  }

  static func file() throws -> File {
    try JSONDecoder().decode(File.self, from: fixture("optimizers.json"))
  }
}

@Suite struct KerasOptimizerTests {
  @Test(arguments: try OptimizerCase.file().cases)
  func `every step is Keras's`(expected: OptimizerCase) throws {
    let file = try OptimizerCase.file()
    let optimizer: OneOf<OptimizerCatalog> = try declared("{\(expected.spec)}")
    let rule = optimizer.value.updateRule
    let whole = Parameter(
      name: "kernel", shape: [file.start.count], role: .kernel, initializer: .zeros)
    var parameters = file.start
    let slots = (0..<rule.slotCount).map { _ in
      let slot = UnsafeMutablePointer<Float>.allocate(capacity: parameters.count)
      slot.initialize(repeating: 0, count: parameters.count)
      return slot
    }
    defer { for slot in slots { slot.deallocate() } }
    var largest = file.start.map(abs)
    var last = file.start
    var path = [Float](repeating: 0, count: last.count)
    // Adam's 1 - 0.999ᵗ is small at first, so a last bit of 0.999ᵗ is up to 2⁻²⁴ ÷ 0.001 of it, and half as much
    // of its root and so of a step.
    let share: Float = optimizer.value is Adam ? 0x1p-25 / 0.001 : 0
    for (index, gradients) in file.gradients.enumerated() {
      var gradients = gradients
      parameters.withUnsafeMutableBufferPointer { values in
        gradients.withUnsafeMutableBufferPointer { gradients in
          guard let first = values.baseAddress, let slope = gradients.baseAddress else { return }
          rule.update(
            ParameterSlice(
              of: whole, values: first, gradients: slope, slots: slots, count: values.count),
            UpdateStep(
              number: index + 1,
              rates: optimizer.value.learningRate(
                index, in: TrainingLength(epochs: 1, stepsPerEpoch: 20)),
              matrices: PlainProducts()))
        }
      }
      for (element, (found, wanted)) in zip(parameters, expected.after[index]).enumerated() {
        largest[element] = max(largest[element], abs(wanted))
        path[element] += abs(wanted - last[element])
        // Either side rounds a parameter by up to 2⁻²⁴ of it in each step.
        let tolerance =
          2 * 0x1p-24 * Float(index + 1) * largest[element] + share * path[element]
        #expect(
          abs(found - wanted) <= tolerance,
          "step \(index + 1), parameter \(element): \(found), Keras \(wanted)")
      }
      last = expected.after[index]
    }
  }
}
