import Tensors

extension GraphCompiler {
  /// True if the convolution `number` is computed by routines of our own. What those suit is asked of shapes alone, so that
  /// every CPU computes a network alike.
  func isOwn(_ number: Int) -> Bool { isWinograd(number) || isNarrow(number) }

  /// True if the convolution `number` is of images with few channels, to which no gradient is given.
  func isNarrow(_ number: Int) -> Bool {
    guard isOn(.narrowConvolutions), let window = ownWindow(of: number) else { return false }
    let input = graph.nodes[number].inputs[0]
    return shape(of: input).channels <= 4 && !needsGradient(input)
      && all(window.paddingBefore(graph.nodes[input].shape.size) .<= 2)
  }

  /// The window of convolution `number` if it is of the kind that routines of our own know; else nil.
  private func ownWindow(of number: Int) -> Window? {
    guard graph.precision == .float32,
      case .convolution2D(_, let window, groups: 1, _) = graph.nodes[number].operation,
      window.size == [3, 3], window.strides == [1, 1], window.dilation == [1, 1]
    else { return nil }
    return window
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

  /// The pooling that convolution `number` computes on the way: of the largest of each 2×2 values of its result, or of a
  /// ReLU's of that; nil if there is none.
  func fusedPooling(after number: Int) -> Int? {
    guard isOn(.pooledConvolutions), isOwn(number) else { return nil }
    var last = number
    if let consumer = onlyConsumer(of: number),
      case .activation(let function) = graph.nodes[consumer].operation, function.isPiecewiseLinear
    {
      last = consumer
    }
    guard let consumer = onlyConsumer(of: last),
      case .pooling2D(.max, let window) = graph.nodes[consumer].operation,
      window.size == [2, 2], window.strides == [2, 2], window.dilation == [1, 1],
      window.paddingBefore(graph.nodes[last].shape.size) == .zero,
      shape(of: consumer).size == shape(of: number).size / 2
    else { return nil }
    return consumer
  }
}

extension ActivationFunction {
  /// True for a ReLU, leaky or not.
  var isPiecewiseLinear: Bool {
    switch self {
    case .relu, .leakyReLU: true
    default: false
    }
  }
}
