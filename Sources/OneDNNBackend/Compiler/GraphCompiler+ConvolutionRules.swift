import Tensors

extension GraphCompiler {
  /// True if the convolution `number` is computed by routines of our own. What those suit is asked of shapes alone, so that
  /// every CPU computes a network alike.
  func isOwn(_ number: Int) -> Bool { isWinograd(number) || isNarrow(number) }

  /// True if the convolution `number` is of images with few channels.
  func isNarrow(_ number: Int) -> Bool {
    isOn(.narrowConvolutions)
      && graph.isNarrowConvolution(number, givesBack: needsGradient(graph.nodes[number].inputs[0]))
  }

  /// True if the convolution `number` is computed by Winograd's algorithm.
  func isWinograd(_ number: Int) -> Bool {
    guard isOn(.winograd), graph.convolution == .winograd, graph.precision == .float32,
      case .convolution2D(_, let window, groups: 1, _) = graph.nodes[number].operation
    else { return false }
    let input = graph.nodes[number].inputs[0]
    return window.suitsWinograd(
      from: shape(of: input), to: shape(of: number),
      paddingBefore: window.paddingBefore(graph.nodes[input].shape.size))
  }

  /// The pooling of 2×2 values that convolution `number` computes on the way, of its result or of the fused activation's: by
  /// maximum where that is a ReLU or none, by mean where channels are few; nil if there is none.
  func fusedPooling(after number: Int) -> (number: Int, kind: Operation.Pooling)? {
    guard isOn(.pooledConvolutions), isOwn(number) else { return nil }
    let last = fusedActivation(after: number) ?? number
    guard let consumer = onlyConsumer(of: last),
      case .pooling2D(let kind, let window) = graph.nodes[consumer].operation,
      window.size == [2, 2], window.strides == [2, 2], window.dilation == [1, 1],
      window.paddingBefore(graph.nodes[last].shape.size) == .zero,
      shape(of: consumer).size == shape(of: number).size / 2
    else { return nil }
    let isFused =
      switch kind {
      case .max: last == number || fusedSlope(after: number) != nil
      case .average: isNarrow(number)
      }
    return isFused ? (consumer, kind) : nil
  }

  /// The slope below zero of the ReLU, leaky or not, that convolution `number` computes on the way; nil if there is none.
  func fusedSlope(after number: Int) -> Float? {
    fusedActivation(after: number).flatMap { graph.nodes[$0].operation.activation?.slopeBelowZero }
  }
}

extension Operation {
  /// The function, if it is an activation.
  var activation: ActivationFunction? {
    if case .activation(let function) = self { function } else { nil }
  }
}

extension ActivationFunction {
  /// The slope below zero of a ReLU, leaky or not; nil for other functions.
  var slopeBelowZero: Float? {
    switch self {
    case .relu: 0
    case .leakyReLU(let slope): slope
    default: nil
    }
  }
}
