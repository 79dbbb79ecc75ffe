import Learning
import ReferenceBackend
import Tensors

/// How far `optimizer` moves one number in one step, whose state is that of a first one.
///
/// - Parameter first: steps that are said to have been done.
func descent(
  _ optimizer: any OptimizerSpec, role: Parameter.Role = .bias, first: Int = 0, start: Float = 0,
  gradient: Float = 1
) -> Double {
  let rule = optimizer.updateRule
  var numbers = [start, gradient] + [Float](repeating: 0, count: rule.slotCount)
  numbers.withUnsafeMutableBufferPointer { numbers in
    guard let address = numbers.baseAddress else { return }
    rule.update(
      ParameterSlice(
        of: Parameter(name: "it", shape: [1], role: role, initializer: .zeros), values: address,
        gradients: address + 1, slots: (0..<rule.slotCount).map { address + 2 + $0 }, count: 1),
      UpdateStep(
        number: first + 1,
        rates: optimizer.learningRate(first, in: TrainingLength(epochs: 1, stepsPerEpoch: 1)),
        matrices: PlainProducts()))
  }
  return Double(numbers[0]) - Double(start)
}
