import Glibc
import Tensors

/// A graph interpreted with plain loops in Double, one image after another: the oracle for the real backend.
///
/// It is written to be read beside the definitions, not to be fast.
public struct ReferenceNetwork {
  public let graph: Graph

  public init(_ graph: Graph) { self.graph = graph }

  /// Parameters by full name, row-major.
  public typealias Parameters = [String: [Double]]

  /// What one image's pass leaves behind: each node's result and each dropout's factors.
  public struct Pass {
    public var values: [[Double]] = []
    var masks: [Int: [Double]] = [:]

    /// The probabilities of the classes.
    public var probabilities: [Double] { values[values.count - 1] }
  }

  /// Takes one image (height, width, channels) forward. `dropout` gives a random stream for each dropout node;
  /// nil turns dropout off.
  public func forward(
    _ image: [Double], _ parameters: Parameters, dropout: ((Int) -> RandomStream)? = nil
  ) -> Pass {
    var pass = Pass()
    for (number, node) in graph.nodes.enumerated() {
      let input = node.inputs.first.map { pass.values[$0] } ?? image
      switch node.operation {
      case .input, .flatten: pass.values.append(input)
      case .convolution2D(let filters, let window, _, _):
        var output = bias(of: node, parameters, count: node.shape.elementCount)
        let kernel = parameters["\(node.layer).kernel"] ?? []
        forEachConvolutionTerm(node, filters, window) { source, weight, target in
          output[target] += input[source] * kernel[weight]
        }
        pass.values.append(output)
      case .pooling2D(_, let window):
        var output = [Double](repeating: -.infinity, count: node.shape.elementCount)
        forEachPooled(node, window) { source, target in
          output[target] = max(output[target], input[source])
        }
        pass.values.append(output)
      case .dense(let units, _):
        var output = bias(of: node, parameters, count: units)
        let kernel = parameters["\(node.layer).kernel"] ?? []
        for (row, value) in input.enumerated() {
          for unit in 0..<units { output[unit] += value * kernel[row * units + unit] }
        }
        pass.values.append(output)
      case .dropout(let rate, _):
        guard let stream = dropout?(number) else {
          pass.values.append(input)
          continue
        }
        var factors = [Float](repeating: 0, count: input.count)
        DropoutMask(rate: rate).write(to: &factors, count: input.count, from: stream)
        pass.masks[number] = factors.map(Double.init)
        pass.values.append(zip(input, factors).map { $0 * Double($1) })
      case .activation(.softmax): pass.values.append(softmax(input, node.shape))
      case .activation(let function): pass.values.append(input.map { apply(function, $0) })
      default: preconditionFailure("an operation that is not known here")
      }
    }
    return pass
  }

  /// The loss of one image, and its derivative by each log p.
  public func loss(_ pass: Pass, targets: [Float]) -> (value: Double, slopes: [Double]) {
    var slopes = [Double](repeating: 0, count: targets.count)
    let logarithms = pass.probabilities.map { log($0) }
    let value = logarithms.withUnsafeBufferPointer { logarithms in
      targets.withUnsafeBufferPointer { targets in
        slopes.withUnsafeMutableBufferPointer {
          graph.loss(logarithms, targets: targets, slopes: $0)
        }
      }
    }
    return (value, slopes)
  }

  /// Gradients of one image's loss by each parameter, added to `gradients` times `scale`.
  public func backward(
    _ pass: Pass, slopes: [Double], _ parameters: Parameters, scale: Double,
    addingTo gradients: inout Parameters
  ) {
    var upstream = graph.nodes.map { [Double](repeating: 0, count: $0.shape.elementCount) }
    upstream[graph.nodes.count - 1] = zip(slopes, pass.probabilities).map { scale * $0 / $1 }
    for (number, node) in graph.nodes.enumerated().reversed() {
      guard let source = node.inputs.first else { continue }
      let input = pass.values[source]
      let output = pass.values[number]
      let gradient = upstream[number]
      let kernelName = "\(node.layer).kernel"
      let biasName = "\(node.layer).bias"
      switch node.operation {
      case .input: break
      case .flatten: for index in gradient.indices { upstream[source][index] += gradient[index] }
      case .convolution2D(let filters, let window, _, let useBias):
        let kernel = parameters[kernelName] ?? []
        forEachConvolutionTerm(node, filters, window) { from, weight, target in
          upstream[source][from] += gradient[target] * kernel[weight]
          gradients[kernelName, default: []][weight] += gradient[target] * input[from]
        }
        if useBias {
          for (index, value) in gradient.enumerated() {
            gradients[biasName, default: []][index % filters] += value
          }
        }
      case .pooling2D(_, let window):
        // The first of equal values gets the gradient.
        var taken = Set<Int>()
        forEachPooled(node, window) { from, target in
          guard input[from] == output[target], taken.insert(target).inserted else { return }
          upstream[source][from] += gradient[target]
        }
      case .dense(let units, let useBias):
        let kernel = parameters[kernelName] ?? []
        for (row, value) in input.enumerated() {
          for unit in 0..<units {
            upstream[source][row] += gradient[unit] * kernel[row * units + unit]
            gradients[kernelName, default: []][row * units + unit] += gradient[unit] * value
          }
        }
        if useBias {
          for unit in 0..<units { gradients[biasName, default: []][unit] += gradient[unit] }
        }
      case .dropout:
        let factors = pass.masks[number] ?? input.map { _ in 1 }
        for index in gradient.indices {
          upstream[source][index] += gradient[index] * factors[index]
        }
      case .activation(.softmax):
        let channels = node.shape.channels
        for start in stride(from: 0, to: gradient.count, by: channels) {
          let range = start..<start + channels
          let mean = range.reduce(0) { $0 + gradient[$1] * output[$1] }
          for index in range { upstream[source][index] += output[index] * (gradient[index] - mean) }
        }
      case .activation(let function):
        for index in gradient.indices {
          upstream[source][index] += gradient[index] * slope(function, ofResult: output[index])
        }
      default: preconditionFailure("an operation that is not known here")
      }
    }
  }

  /// The mean loss over images, for finite differences.
  public func meanLoss(
    _ images: [(pixels: [Double], targets: [Float], dropout: (Int) -> RandomStream)],
    _ parameters: Parameters
  ) -> Double {
    images.reduce(0) { sum, image in
      let pass = forward(image.pixels, parameters, dropout: image.dropout)
      return sum + loss(pass, targets: image.targets).value
    } / Double(images.count)
  }
}

// MARK: definitions

extension ReferenceNetwork {
  private func bias(of node: Graph.Node, _ parameters: Parameters, count: Int) -> [Double] {
    guard let bias = parameters["\(node.layer).bias"] else {
      return [Double](repeating: 0, count: count)
    }
    return (0..<count).map { bias[$0 % bias.count] }
  }

  /// Calls `body` with (index in the input, index in the kernel, index in the output) of each product.
  private func forEachConvolutionTerm(
    _ node: Graph.Node, _ filters: Int, _ window: Window, _ body: (Int, Int, Int) -> Void
  ) {
    let channels = graph.nodes[node.inputs[0]].shape.channels
    forEachWindowPixel(node, window) { row, column, source, target in
      for channel in 0..<channels {
        for filter in 0..<filters {
          let place = (row * window.size.y + column) * channels + channel
          body(source * channels + channel, place * filters + filter, target * filters + filter)
        }
      }
    }
  }

  /// Calls `body` with (index in the input, index in the output) of each value in each window.
  private func forEachPooled(_ node: Graph.Node, _ window: Window, _ body: (Int, Int) -> Void) {
    let channels = node.shape.channels
    forEachWindowPixel(node, window) { _, _, source, target in
      for channel in 0..<channels { body(source * channels + channel, target * channels + channel) }
    }
  }

  /// Calls `body` with (row and column in the window, pixel of the input, pixel of the output).
  private func forEachWindowPixel(
    _ node: Graph.Node, _ window: Window, _ body: (Int, Int, Int, Int) -> Void
  ) {
    let input = graph.nodes[node.inputs[0]].shape
    let before = window.paddingBefore(SIMD2(input.height, input.width))
    for top in 0..<node.shape.height {
      for left in 0..<node.shape.width {
        for row in 0..<window.size.x {
          for column in 0..<window.size.y {
            let y = top * window.strides.x + row - before.x
            let x = left * window.strides.y + column - before.y
            guard 0..<input.height ~= y, 0..<input.width ~= x else { continue }
            body(row, column, y * input.width + x, top * node.shape.width + left)
          }
        }
      }
    }
  }

  private func softmax(_ input: [Double], _ shape: ImageShape) -> [Double] {
    var output = input
    for start in stride(from: 0, to: input.count, by: shape.channels) {
      let range = start..<start + shape.channels
      let largest = input[range].max() ?? 0
      let sum = range.reduce(0) { $0 + exp(input[$1] - largest) }
      for index in range { output[index] = exp(input[index] - largest) / sum }
    }
    return output
  }

  private func apply(_ function: ActivationFunction, _ value: Double) -> Double {
    switch function {
    case .relu: max(value, 0)
    case .tanh: Glibc.tanh(value)
    case .sigmoid: 1 / (1 + exp(-value))
    default: preconditionFailure("not a function of one value that is known here")
    }
  }

  private func slope(_ function: ActivationFunction, ofResult result: Double) -> Double {
    switch function {
    case .relu: result > 0 ? 1 : 0
    case .tanh: 1 - result * result
    case .sigmoid: result * (1 - result)
    default: preconditionFailure("not a function of one value that is known here")
    }
  }
}
