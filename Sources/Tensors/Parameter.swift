/// Numbers that a node learns.
public struct Parameter: Hashable, Sendable {
  /// Name within its layer: `kernel`, `bias`.
  public let name: String
  /// Length of each axis, in Keras's order.
  public let shape: [Int]
  public let initializer: Initializer

  /// How many numbers there are.
  public var count: Int { shape.reduce(1, *) }

  static func kernelAndBias(
    kernel: [Int], fanIn: Int, fanOut: Int, useBias: Bool
  ) -> [Parameter] {
    let glorot = Initializer.glorotUniform(fanIn: fanIn, fanOut: fanOut)
    let weights = Parameter(name: "kernel", shape: kernel, initializer: glorot)
    guard useBias, let outputs = kernel.last else { return [weights] }
    return [weights, Parameter(name: "bias", shape: [outputs], initializer: .zeros)]
  }
}

/// How a parameter's numbers are drawn before training.
public enum Initializer: Hashable, Sendable {
  /// Uniform in ±√(6 ÷ (fanIn + fanOut)). Source: Glorot and Bengio 2010, as in Keras.
  case glorotUniform(fanIn: Int, fanOut: Int)
  case zeros

  /// `count` numbers drawn from `stream`.
  public func values(count: Int, from stream: RandomStream) -> [Float] {
    switch self {
    case .zeros: return [Float](repeating: 0, count: count)
    case .glorotUniform(let fanIn, let fanOut):
      let limit = (6 / Float(fanIn + fanOut)).squareRoot()
      return (0..<count).map { (2 * stream.uniform($0) - 1) * limit }
    }
  }
}
