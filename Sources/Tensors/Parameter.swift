/// Numbers that belong to a node: learned, or, for statistics, gathered in training.
public struct Parameter: Hashable, Sendable {
  /// What a parameter is to its operation. Weight decay and some optimizers treat them differently.
  public enum Role: String, CaseIterable, Hashable, Sendable {
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
  public var name: String
  /// Length of each axis, in Keras's order.
  public let shape: [Int]
  public let role: Role
  public var initializer: Initializer
  /// What a term of the loss pulls it to.
  public var regularizer: Regularizer?
  /// Whether training changes it.
  public var isTrainable = true
  /// How many inputs each output has, and how many outputs each input: for initializers.
  public let fanIn: Int
  public let fanOut: Int

  public init(
    name: String, shape: [Int], role: Role, initializer: Initializer, fanIn: Int = 1,
    fanOut: Int = 1
  ) {
    (self.name, self.shape, self.role, self.initializer) = (name, shape, role, initializer)
    (self.fanIn, self.fanOut) = (fanIn, fanOut)
  }

  /// How many numbers there are.
  public var count: Int { shape.reduce(1, *) }

  /// Whether an optimizer changes it.
  public var isLearned: Bool { isTrainable && role != .statistic }

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
public struct Regularizer: Hashable, Sendable {
  public let l1: Float
  public let l2: Float

  public init(l1: Float = 0, l2: Float = 0) { (self.l1, self.l2) = (l1, l2) }
}
