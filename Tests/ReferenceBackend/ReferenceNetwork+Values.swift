import Glibc
import Tensors

/// Functions of single values, and where values go.
extension ReferenceNetwork {
  func value(_ function: ActivationFunction, _ x: Double) -> Double {
    switch function {
    case .relu: max(x, 0)
    case .boundedReLU(let maximum): min(max(x, 0), Double(maximum))
    case .leakyReLU(let slope): x > 0 ? x : Double(slope) * x
    case .elu(let alpha): x > 0 ? x : Double(alpha) * expm1(x)
    case .gelu: x * normalShare(x)
    case .silu: x * sigmoid(x)
    case .hardSwish: x * min(max(x + 3, 0), 6) / 6
    case .mish: x * Glibc.tanh(value(.softplus, x))
    case .softplus: max(x, 0) + log1p(exp(-abs(x)))
    case .tanh: Glibc.tanh(x)
    case .sigmoid: sigmoid(x)
    case .softmax: preconditionFailure("softmax is no function of one value")
    }
  }

  /// The derivative at `x`.
  func slope(_ function: ActivationFunction, _ x: Double) -> Double {
    switch function {
    case .relu: x > 0 ? 1 : 0
    case .boundedReLU(let maximum): x > 0 && x < Double(maximum) ? 1 : 0
    case .leakyReLU(let slope): x > 0 ? 1 : Double(slope)
    case .elu(let alpha): x > 0 ? 1 : Double(alpha) * exp(x)
    case .gelu: normalShare(x) + x * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
    case .silu: sigmoid(x) * (1 + x * (1 - sigmoid(x)))
    case .hardSwish: x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6
    case .mish:
      Glibc.tanh(value(.softplus, x)) + x * sigmoid(x) * slope(.tanh, value(.softplus, x))
    case .softplus: sigmoid(x)
    case .tanh: 1 - Glibc.tanh(x) * Glibc.tanh(x)
    case .sigmoid: sigmoid(x) * (1 - sigmoid(x))
    case .softmax: preconditionFailure("softmax is no function of one value")
    }
  }

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// Φ: how much of a normal distribution lies below `x`.
  private func normalShare(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  func softmax(_ input: [Double], _ shape: ImageShape) -> [Double] {
    var output = input
    for start in stride(from: 0, to: input.count, by: shape.channels) {
      let range = start..<start + shape.channels
      let largest = input[range].max() ?? 0
      let sum = range.reduce(0) { $0 + exp(input[$1] - largest) }
      for index in range { output[index] = exp(input[index] - largest) / sum }
    }
    return output
  }

  func softmaxGradients(
    _ output: [Double], _ upstream: [Double], _ shape: ImageShape
  ) -> [Double] {
    var gradient = upstream
    for start in stride(from: 0, to: output.count, by: shape.channels) {
      let range = start..<start + shape.channels
      let mean = range.reduce(0) { $0 + upstream[$1] * output[$1] }
      for index in range { gradient[index] = output[index] * (upstream[index] - mean) }
    }
    return gradient
  }

  func combined(_ combination: Operation.Combination, _ terms: [Double]) -> Double {
    switch combination {
    case .add: terms.reduce(0, +)
    case .multiply: terms.reduce(1, *)
    case .average: terms.reduce(0, +) / Double(terms.count)
    case .maximum: terms.max() ?? 0
    }
  }

  /// The derivative of the result by each term; the first of equal terms is the largest.
  func slopes(_ combination: Operation.Combination, _ terms: [Double]) -> [Double] {
    let largest = terms.max().flatMap(terms.firstIndex)
    return terms.indices.map { term in
      switch combination {
      case .add: 1
      case .multiply: terms.indices.reduce(1) { $1 == term ? $0 : $0 * terms[$1] }
      case .average: 1 / Double(terms.count)
      case .maximum: term == largest ? 1 : 0
      }
    }
  }

  /// Which number of a PReLU's `alpha` an element of its input takes.
  func alphaIndex(
    _ element: Int, _ shape: ImageShape, _ isShared: Operation.SharedAxes
  ) -> Int {
    let (pixel, channel) = element.quotientAndRemainder(dividingBy: shape.channels)
    let row = isShared.rows ? 0 : pixel / shape.width
    let column = isShared.columns ? 0 : pixel % shape.width
    return (row * (isShared.columns ? 1 : shape.width) + column) * shape.channels + channel
  }

  /// Calls `body` with (index in the input, index in the output) of each value inside a zero padding's border.
  func forEachInside(_ node: Graph.Node, _ before: SIMD2<Int>, _ body: (Int, Int) -> Void) {
    let input = graph.nodes[node.inputs[0]].shape
    for row in 0..<input.height {
      for column in 0..<input.width {
        let source = row * input.width + column
        let target = (row + before.x) * node.shape.width + column + before.y
        for channel in 0..<input.channels {
          body(source * input.channels + channel, target * input.channels + channel)
        }
      }
    }
  }

  /// Calls `body` with (index in the input, index in the output) of each value that a cropping keeps.
  func forEachKept(_ node: Graph.Node, _ before: SIMD2<Int>, _ body: (Int, Int) -> Void) {
    let input = graph.nodes[node.inputs[0]].shape
    for target in 0..<node.shape.elementCount {
      let (pixel, channel) = target.quotientAndRemainder(dividingBy: node.shape.channels)
      let (row, column) = pixel.quotientAndRemainder(dividingBy: node.shape.width)
      let source = (row + before.x) * input.width + column + before.y
      body(source * input.channels + channel, target)
    }
  }

  /// Which number of its input an element of an upsampling's result repeats.
  func repeated(_ element: Int, _ node: Graph.Node, _ size: SIMD2<Int>) -> Int {
    let (pixel, channel) = element.quotientAndRemainder(dividingBy: node.shape.channels)
    let (row, column) = pixel.quotientAndRemainder(dividingBy: node.shape.width)
    let source = row / size.x * (node.shape.width / size.y) + column / size.y
    return source * node.shape.channels + channel
  }

  /// Calls `body` with (number of the input, index in it, index in the output) of each value of a concatenation.
  func forEachJoined(_ node: Graph.Node, _ body: (Int, Int, Int) -> Void) {
    var first = 0
    for (number, input) in node.inputs.enumerated() {
      let channels = graph.nodes[input].shape.channels
      for pixel in 0..<node.shape.height * node.shape.width {
        for channel in 0..<channels {
          body(
            number, pixel * channels + channel, pixel * node.shape.channels + first + channel)
        }
      }
      first += channels
    }
  }
}
