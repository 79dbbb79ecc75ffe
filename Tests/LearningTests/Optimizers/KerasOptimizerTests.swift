import Foundation
import Learning
import ReferenceBackend
import Specs
import Tensors
import Testing

/// Twenty steps of one of Keras's optimizers; `Fixtures/make_optimizer_fixtures.py` wrote them.
struct OptimizerCase: Decodable, CustomTestStringConvertible {
  let spec: String
  /// All parameters after each step.
  let after: [[Float]]
  var testDescription: String { spec }

  struct File: Decodable {
    struct Shape: Decodable { let name: String, shape: [Int], role: String }
    let parameters: [Shape]
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
    let optimizer: OneOf<OptimizerCatalog> = try declared(expected.spec)
    let parameters = try file.parameters.map { entry in
      Parameter(
        name: entry.name, shape: entry.shape,
        role: try #require(Parameter.Role(rawValue: entry.role)), initializer: .zeros)
    }
    var updates = Updates(parameters, start: file.start, optimizer.value)
    var largest = file.start.map(abs)
    var last = file.start
    var path = [Float](repeating: 0, count: last.count)
    for (index, gradients) in file.gradients.enumerated() {
      updates.step(gradients)
      for (element, (found, wanted)) in zip(updates.values, expected.after[index]).enumerated() {
        largest[element] = max(largest[element], abs(wanted))
        path[element] += abs(wanted - last[element])
        // Either side rounds a parameter by up to 2⁻²⁴ of it in each step, and once more where it decays.
        let tolerance =
          3 * 0x1p-24 * Float(index + 1) * largest[element]
          + share(of: optimizer.value) * path[element]
        #expect(
          abs(found - wanted) <= tolerance,
          "step \(index + 1), parameter \(element): \(found), Keras \(wanted)")
      }
      last = expected.after[index]
    }
  }

  /// How far a step may be off, as a share of it.
  private func share(of optimizer: any OptimizerSpec) -> Float {
    switch optimizer {
    case is Muon:
      // Keras sums products in float32; three to five iterations stretch small singular values up to 3.4445 times
      // each, and their errors with them.
      2e-5
    case is Adam, is AdamW, is Nadam:
      // Keras takes 0.999 as float32: 1 - 0.999ᵗ is then off by up to 2⁻²⁵ ÷ 0.001 of it, and a step by half of that.
      0x1p-25 / 0.001
    case is Adamax:
      // Likewise 0.8 or 0.9, of which 1 is a tenth more, beside a few roundings of the step itself.
      0x1p-25 / 0.1 + 4 * 0x1p-24
    case is Adadelta:
      // Later steps are as long as the earlier ones came out.
      16 * 0x1p-24
    default: 4 * 0x1p-24  // a few roundings of the step itself
    }
  }
}

/// Parameters that an optimizer changes, by gradients that a test gives.
private struct Updates {
  private(set) var values: [Float]
  private let parameters: [Parameter]
  private let optimizer: any OptimizerSpec
  private let rule: any UpdateRule
  private var slots: [[Float]]
  private var stepCount = 0

  init(_ parameters: [Parameter], start: [Float], _ optimizer: any OptimizerSpec) {
    (self.parameters, values, self.optimizer) = (parameters, start, optimizer)
    rule = optimizer.updateRule
    slots = (0..<rule.slotCount).map { _ in [Float](repeating: 0, count: start.count) }
  }

  mutating func step(_ gradients: [Float]) {
    let rates = optimizer.learningRate(stepCount, in: TrainingLength(epochs: 1, stepsPerEpoch: 20))
    stepCount += 1
    // Values, gradients, slots: each where the rule can change it in place.
    let storage = ([values, clipped(gradients)] + slots).map { numbers in
      let pointer = UnsafeMutablePointer<Float>.allocate(capacity: numbers.count)
      pointer.initialize(from: numbers, count: numbers.count)
      return pointer
    }
    defer { for pointer in storage { pointer.deallocate() } }
    var start = 0
    for parameter in parameters {
      // A rule that does not need the whole gets it in two slices.
      let middle = rule.needsWhole(parameter) ? parameter.count : parameter.count / 2
      for range in [start..<start + middle, start + middle..<start + parameter.count]
      where !range.isEmpty {
        let parts = storage.map { $0 + range.lowerBound }
        rule.update(
          ParameterSlice(
            of: parameter, values: parts[0], gradients: parts[1], slots: Array(parts.dropFirst(2)),
            count: range.count),
          UpdateStep(number: stepCount, rates: rates, matrices: PlainProducts()))
      }
      start += parameter.count
    }
    let numbers = storage.map { Array(UnsafeBufferPointer(start: $0, count: values.count)) }
    values = numbers[0]
    slots = Array(numbers.dropFirst(2))
  }

  /// What the rule wants done before, in Double.
  private func clipped(_ gradients: [Float]) -> [Float] {
    let norm = gradients.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    let factor = rule.clipping.globalNorm.map { min(1, Double($0) / norm) } ?? 1
    let limit = Double(rule.clipping.value ?? .infinity)
    return gradients.map { Float(min(max(factor * Double($0), -limit), limit)) }
  }
}
