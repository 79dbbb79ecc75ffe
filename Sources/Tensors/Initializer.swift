/// The distribution from which a parameter's numbers are drawn before training.
package enum Initializer: Hashable, Sendable {
  /// Uniform in ±√(3 · scale ÷ fan), as Keras's `VarianceScaling`.
  case scaledUniform(scale: Float, fan: Fan)
  /// Normal numbers, none beyond twice the standard deviation of the normal distribution they come from, with
  /// variance scale ÷ fan, as Keras's `VarianceScaling`.
  case scaledNormal(scale: Float, fan: Fan)
  /// gain · a random matrix with orthonormal columns or, if it is wider than high, rows. Its columns are the
  /// parameter's last axis. Any such matrix is as likely as any other.
  case orthogonal(gain: Float)
  case constant(Float)

  /// The number that a parameter's variance is divided by.
  package enum Fan: Hashable, Sendable {
    case input
    /// The mean of inputs and outputs.
    case average
  }

  /// Source: Glorot and Bengio 2010, as in Keras.
  package static let glorotUniform = Initializer.scaledUniform(scale: 1, fan: .average)
  package static let zeros = Initializer.constant(0)
  package static let ones = Initializer.constant(1)

  /// The numbers of `parameter`, drawn from `stream`.
  package func values(for parameter: Parameter, from stream: RandomStream) -> [Float] {
    switch self {
    case .constant(let value): return [Float](repeating: value, count: parameter.count)
    case .scaledUniform(let scale, let fan):
      let limit = (3 * scale / fan.size(of: parameter)).squareRoot()
      return (0..<parameter.count).map { (2 * stream.uniform($0) - 1) * limit }
    case .scaledNormal(let scale, let fan):
      // The standard deviation of the standard normal distribution truncated at ±2.
      let remaining: Float = 0.879_625_661_034_239_78
      let deviation = (scale / fan.size(of: parameter)).squareRoot() / remaining
      return Self.cutNormals(parameter.count, from: stream).map { deviation * $0 }
    case .orthogonal(let gain):
      let columns = parameter.shape.last ?? 1
      return Self.orthogonalMatrix(
        rows: parameter.count / max(columns, 1), columns: columns, from: stream
      ).map { gain * Float($0) }
    }
  }

  /// Normal numbers of `stream` between -2 and 2. Numbers beyond are drawn again, `count` numbers further on.
  private static func cutNormals(_ count: Int, from stream: RandomStream) -> [Float] {
    (0..<count).map { index in
      var place = index
      while true {
        let number = stream.normal(place)
        if abs(number) <= 2 { return number }
        place += count
      }
    }
  }

  /// Orthonormal columns, or rows if there are fewer of these, made of normal numbers by Gram and Schmidt's method,
  /// twice, which makes up for what rounding leaves. Row by row.
  private static func orthogonalMatrix(
    rows: Int, columns: Int, from stream: RandomStream
  ) -> [Double] {
    let (count, length) = (min(rows, columns), max(rows, columns))
    var vectors: [[Double]] = []
    for number in 0..<count {
      var vector = (0..<length).map { Double(stream.normal(number * length + $0)) }
      for other in vectors + vectors {
        let product = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
        for index in 0..<length { vector[index] -= product * other[index] }
      }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      vectors.append(vector.map { $0 / norm })
    }
    return (0..<rows * columns).map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      return rows >= columns ? vectors[column][row] : vectors[row][column]
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
