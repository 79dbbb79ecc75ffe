import Tensors

extension Graph {
  /// The nodes that take the result of each; more than once those that take it more than once.
  var takers: [[Int]] {
    var takers = [[Int]](repeating: [], count: nodes.count)
    for (number, node) in nodes.enumerated() {
      for input in node.inputs { takers[input].append(number) }
    }
    return takers
  }
}
