import Tensors

/// The Python variables that hold the results of a network's steps.
struct StepVariables {
  /// By the numbers of the nodes whose results they hold.
  private var names: [Int: String]

  /// The variables for the results of `steps`, which are all of `graph`: `x` as long as only the step after it takes it,
  /// else a name of its own, its layer's in `layers`. The variable `images` holds what the first takes.
  init(_ steps: [GraphStep], of graph: Graph, _ layers: PythonNames, images: String) {
    names = [0: images]
    var (layers, used) = (layers, Set<String>())
    let takers = graph.takers
    for step in steps {
      // The next step begins with the next node.
      if takers[step.result].allSatisfy({ $0 == step.result + 1 }) {
        names[step.result] = "x"
      } else {
        let name = layers[step.layer]
        names[step.result] = used.insert(name).inserted ? name : layers.unique(name)
      }
    }
  }

  /// The variable that holds the result of `node`, the last of a step.
  subscript(node: Int) -> String {
    guard let name = names[node] else { preconditionFailure("the node ends no step") }
    return name
  }
}
