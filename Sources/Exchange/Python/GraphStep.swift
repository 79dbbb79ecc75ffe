import Tensors

/// Nodes of a graph, one after the other, for which libraries have one word.
struct GraphStep {
  enum Meaning: Equatable {
    case operation(Tensors.Operation)
    case selu, hardSigmoid
    /// One value of each channel, as a vector.
    case globalPooling(Tensors.Operation.Pooling)
  }

  let meaning: Meaning
  let layer: String
  /// The number of its first node.
  let first: Int
  /// Numbers of the nodes whose results it takes.
  let inputs: [Int]
  /// The number of its last node, whose result is its own.
  let result: Int
}

extension Graph {
  /// All nodes behind the input.
  var steps: [GraphStep] {
    let takers = takers
    var steps: [GraphStep] = []
    var number = 1
    while number < nodes.count {
      let next = number + 1
      let joined =
        next < nodes.count && takers[number] == [next] && nodes[next].layer == nodes[number].layer
        ? meaning(of: nodes[number], and: nodes[next]) : nil
      steps.append(
        GraphStep(
          meaning: joined ?? .operation(nodes[number].operation), layer: nodes[number].layer,
          first: number, inputs: nodes[number].inputs, result: joined == nil ? number : next))
      number = steps[steps.count - 1].result + 1
    }
    return steps
  }

  private func meaning(of node: Node, and next: Node) -> GraphStep.Meaning? {
    if [node.operation, next.operation] == Operation.selu { return .selu }
    if [node.operation, next.operation] == Operation.hardSigmoid { return .hardSigmoid }
    guard case .pooling2D(let pooling, let window) = node.operation, next.operation == .flatten,
      node.shape.height == 1, node.shape.width == 1, window.padding == .valid,
      window.size == nodes[node.inputs[0]].shape.size
    else { return nil }
    return .globalPooling(pooling)
  }
}
