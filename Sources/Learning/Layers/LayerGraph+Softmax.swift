import Diagnostics
import Specs
import Tensors

extension LayerGraph {
  /// Tells if a softmax takes the result of another one, which is then reported; `locations` are those of layers.
  ///
  /// Of probabilities it makes almost equal ones, whatever they are: nobody wants that, and it hardly learns.
  static func repeatsSoftmax(
    _ graph: Graph, _ locations: [String: Location], _ diagnostics: inout Diagnostics
  ) -> Bool {
    var isRepeated = false
    for node in graph.nodes where node.isSoftmax {
      guard let input = node.inputs.first, let first = softmax(giving: input, in: graph) else {
        continue
      }
      isRepeated = true
      diagnostics.error(
        .repeatedSoftmax, "this softmax takes the probabilities that another one has made",
        at: locations[node.layer], notes: [.init("it is here", at: locations[first.layer])],
        hint: "remove one of them")
    }
    return isRepeated
  }

  /// The softmax whose probabilities are the result of node `number`, as far as layers leave them as they are.
  private static func softmax(giving number: Int, in graph: Graph) -> Graph.Node? {
    let node = graph.nodes[number]
    if node.isSoftmax { return node }
    guard let input = node.inputs.first else { return nil }
    switch node.operation {
    case .dropout, .alphaDropout, .gaussianDropout, .gaussianNoise:
      return softmax(giving: input, in: graph)
    // A softmax of pixels and then of all of them is something else, though strange.
    case .flatten, .reshape:
      let isSameVector = node.shape.channels == graph.nodes[input].shape.channels
      return isSameVector ? softmax(giving: input, in: graph) : nil
    default: return nil
    }
  }
}

extension Graph.Node {
  fileprivate var isSoftmax: Bool {
    if case .activation(.softmax) = operation { true } else { false }
  }
}
