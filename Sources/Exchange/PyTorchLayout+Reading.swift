import Tensors

extension PyTorchLayout {
  /// What `arranged` made of a tensor of `original` shape: `tensor`, in the graph's order again.
  package func restored(_ tensor: Tensor, to original: [Int]) -> Tensor {
    var back = order
    for (place, axis) in order.enumerated() { back[axis] = place }
    let moved = Tensor(shape: order.map { axes[$0] }, values: tensor.values).transposed(back)
    return Tensor(shape: original, values: moved.values)
  }
}

extension Graph {
  /// Whether a vector is made of an image, or an image of a vector, in an order other than that of PyTorch's own
  /// `nn.Flatten`: what is before or after it then has its numbers in another order than a network of PyTorch's.
  package var hasOwnOrder: Bool {
    nodes.indices.contains { number in
      let node = nodes[number]
      switch node.operation {
      case .flatten, .reshape:
        return ![nodes[node.inputs[0]].shape, node.shape].allSatisfy(\.hasOneOrder)
          && !flattensChannelsFirst(number)
      default: return false
      }
    }
  }
}
