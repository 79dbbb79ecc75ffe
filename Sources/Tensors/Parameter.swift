/// Numbers that belong to a node: learned, or, for statistics, gathered in training.
package struct Parameter: Hashable, Sendable {
  /// The role of a parameter in its operation. Weight decay and some optimizers treat them differently.
  package enum Role: String, CaseIterable, Hashable, Sendable {
    /// The weights of a convolution or a dense layer: a matrix, its last axis the outputs.
    case kernel
    case bias
    /// `gamma` or `beta` of a normalization.
    case normalization
    /// The slope of a PReLU.
    case slope
    /// A moving mean or variance: it is never learned, but follows the batches.
    case statistic
  }

  /// Name within its layer: `kernel`, `bias`.
  package var name: String
  /// Length of each axis, in Keras's order.
  package let shape: [Int]
  package let role: Role
  package var initializer: Initializer
  /// The term of the loss that pulls it to small values.
  package var regularizer: Regularizer?
  /// The limit that it is brought back to after each update.
  package var constraint: Constraint?
  /// True if training changes it.
  package var isTrainable = true
  /// The number of inputs of each output, and of outputs of each input: for initializers.
  package let fanIn: Int
  package let fanOut: Int

  package init(
    name: String, shape: [Int], role: Role, initializer: Initializer, fanIn: Int = 1,
    fanOut: Int = 1
  ) {
    self.name = name
    self.shape = shape
    self.role = role
    self.initializer = initializer
    self.fanIn = fanIn
    self.fanOut = fanOut
  }

  /// The number of values.
  package var count: Int { shape.reduce(1, *) }

  /// True if an optimizer changes it.
  package var isLearned: Bool { isTrainable && role != .statistic }

  static func kernelAndBias(
    kernel: [Int], fanIn: Int, fanOut: Int, useBias: Bool
  ) -> [Parameter] {
    let weights = Parameter(
      name: "kernel", shape: kernel, role: .kernel, initializer: .glorotUniform, fanIn: fanIn,
      fanOut: fanOut)
    guard useBias, let outputs = kernel.last else { return [weights] }
    return [
      weights, Parameter(name: "bias", shape: [outputs], role: .bias, initializer: .zeros),
    ]
  }
}

/// A term of the loss that grows with a parameter's values: Σ l1·|w| + l2·w², as in Keras.
package struct Regularizer: Hashable, Sendable {
  package let l1: Float
  package let l2: Float

  package init(l1: Float = 0, l2: Float = 0) {
    self.l1 = l1
    self.l2 = l2
  }
}
