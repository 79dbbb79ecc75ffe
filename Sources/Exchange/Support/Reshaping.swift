import Tensors

/// How libraries whose images have their channels first, as PyTorch and ONNX, keep the numbers of a flattening or
/// reshaping in order.
enum Reshaping {
  /// It changes nothing.
  case unchanged
  /// As these libraries do it by themselves: channels, height, width. The order is then the same with the channels last,
  /// or only dense layers take the vector, whose kernels are laid out for it.
  case channelsFirst
  /// In the order of `exp` and Keras, height, width, channels, which takes transpositions.
  case channelsLast
}

extension Graph {
  /// Whether a vector is made of an image, or an image of a vector or another image, in an order other than that of
  /// PyTorch's own `nn.Flatten`: what is before or after it then has its numbers in another order than a network of
  /// PyTorch's.
  package var hasOwnOrder: Bool {
    nodes.indices.contains { reshaping(of: $0) == .channelsLast }
  }

  /// How node `number` keeps numbers in order; nil if it is neither a flattening nor a reshaping.
  func reshaping(of number: Int) -> Reshaping? {
    let node = nodes[number]
    switch node.operation {
    case .flatten, .reshape:
      let source = nodes[node.inputs[0]].shape
      if source == node.shape { return .unchanged }
      let isInOrder =
        source.hasOneOrder && node.shape.hasOneOrder
        || node.shape.isFlat && onlyDenseLayersTake(number)
      return isInOrder ? .channelsFirst : .channelsLast
    default: return nil
    }
  }

  private func onlyDenseLayersTake(_ number: Int) -> Bool {
    let takers = takers[number]
    return !takers.isEmpty
      && takers.allSatisfy { taker in
        if case .dense = nodes[taker].operation { return true }
        return nodes[taker].operation.takesEachValueAlone && onlyDenseLayersTake(taker)
      }
  }

  /// The image of which the inputs of the dense node `number` are the values, channel by channel; nil if they are in
  /// another order, or no image's.
  func imageFlattenedChannelsFirst(into number: Int) -> ImageShape? {
    var source = nodes[number].inputs[0]
    while nodes[source].operation.takesEachValueAlone { source = nodes[source].inputs[0] }
    guard reshaping(of: source) == .channelsFirst else { return nil }
    return nodes[nodes[source].inputs[0]].shape
  }
}

extension Operation {
  /// Whether it does the same with each value, wherever it stands.
  fileprivate var takesEachValueAlone: Bool {
    switch self {
    case .activation(let function): function != .softmax
    case .dropout, .gaussianDropout, .alphaDropout, .gaussianNoise, .rescaling: true
    case .input, .convolution2D, .pooling2D, .flatten, .reshape, .zeroPadding2D, .cropping2D,
      .upSampling2D,
      .dense, .prelu, .combination, .concatenation, .batchNormalization, .groupNormalization,
      .layerNormalization:
      false
    }
  }
}
