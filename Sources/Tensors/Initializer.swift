/// How a parameter's numbers are drawn before training.
public enum Initializer: Hashable, Sendable {
  /// Uniform in ±√(3 · scale ÷ fan), as Keras's `VarianceScaling`.
  case scaledUniform(scale: Float, fan: Fan)
  case constant(Float)

  /// What a parameter's variance is divided by.
  public enum Fan: Hashable, Sendable {
    case input
    /// The mean of inputs and outputs.
    case average
  }

  /// Source: Glorot and Bengio 2010, as in Keras.
  public static let glorotUniform = Initializer.scaledUniform(scale: 1, fan: .average)
  public static let zeros = Initializer.constant(0)
  public static let ones = Initializer.constant(1)

  /// The numbers of `parameter`, drawn from `stream`.
  public func values(for parameter: Parameter, from stream: RandomStream) -> [Float] {
    switch self {
    case .constant(let value): return [Float](repeating: value, count: parameter.count)
    case .scaledUniform(let scale, let fan):
      let limit = (3 * scale / fan.size(of: parameter)).squareRoot()
      return (0..<parameter.count).map { (2 * stream.uniform($0) - 1) * limit }
    }
  }
}

extension Initializer.Fan {
  fileprivate func size(of parameter: Parameter) -> Float {
    switch self {
    case .input: Float(parameter.fanIn)
    case .average: Float(parameter.fanIn + parameter.fanOut) / 2
    }
  }
}
