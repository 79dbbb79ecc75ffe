import Specs
import Tensors

/// Gradient descent with momentum, as Keras's `SGD`.
///
///     velocity = momentum · velocity - rate · gradient
///     parameter += velocity                                      (plain)
///     parameter += momentum · velocity - rate · gradient         (Nesterov)
public struct SGD: OptimizerSpec {
  public static let type = "sgd"
  public static let summary = "Gradient descent, with momentum if wanted."

  @Field("Size of a step.", .greaterThan(0)) public var learningRate = 0.01
  @Field("Share of the last step that is taken again.", .range(0..<1)) public var momentum = 0.0
  @Field("Whether the gradient is taken as if the momentum's step were done (Nesterov).")
  public var nesterov = false

  public init() {}

  public func validate(at node: Node, _ diagnostics: inout Diagnostics) {
    guard nesterov, momentum == 0 else { return }
    diagnostics.error(
      "nesterov-without-momentum", "'nesterov: true' does nothing without momentum",
      at: node["nesterov"]?.location ?? node.location, hint: "add 'momentum: 0.9', or leave it out")
  }

  public var updateRule: any UpdateRule {
    momentum == 0
      ? PlainDescent() : MomentumDescent(momentum: Float(momentum), isNesterov: nesterov)
  }
}

private struct PlainDescent: UpdateRule {
  let slotCount = 0

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let rate = step.rates.learningRate
    for index in 0..<slice.count { slice.values[index] -= rate * slice.gradients[index] }
  }
}

private struct MomentumDescent: UpdateRule {
  let momentum: Float
  let isNesterov: Bool
  let slotCount = 1

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let velocities = slice.slots[0]
    let rate = step.rates.learningRate
    let momentum = step.rates.momentum ?? momentum
    for index in 0..<slice.count {
      let descent = rate * slice.gradients[index]
      let velocity = momentum * velocities[index] - descent
      velocities[index] = velocity
      slice.values[index] += isNesterov ? momentum * velocity - descent : velocity
    }
  }
}
