import Diagnostics
import Specs
import Tensors

extension LayerGraph {
  /// Tells if the last node of `graph` is what `loss` takes: a softmax with one probability for each class, or a sigmoid
  /// with that of the second of two; reports it if not.
  static func isClassifier(
    _ graph: Graph, _ classCount: Int, _ loss: any LossSpec, at location: Location?,
    _ diagnostics: inout Diagnostics
  ) -> Bool {
    let output = graph.nodes[graph.nodes.count - 1]
    var problem =
      switch loss.output {
      case .softmax: problemOfSoftmax(output, classCount, loss)
      case .sigmoid: problemOfSigmoid(output, classCount, loss)
      }
    if !output.shape.isFlat,
      graph.nodes.contains(where: { $0.layer == output.layer && $0.isDenseOfPixels })
    {
      problem?.hint =
        "of an image, 'dense' takes each pixel alone; insert '- {type: flatten}' before the dense layers"
    }
    guard let problem else { return true }
    diagnostics.error(problem.identifier, problem.message, at: location, hint: problem.hint)
    return false
  }

  private typealias Problem = (identifier: Diagnostic.Identifier, message: String, hint: String)

  private static func problemOfSoftmax(
    _ output: Graph.Node, _ classCount: Int, _ loss: any LossSpec
  ) -> Problem? {
    let shape = output.shape
    guard shape.isFlat, shape.channels == classCount else {
      let hint =
        switch (shape.isFlat, shape.elementCount) {
        case (false, classCount): "'- flatten' makes it one vector"
        case (true, 1) where classCount == 2 && output.operation == .activation(.sigmoid):
          "'loss: \(BinaryCrossentropy.type)' takes a single probability of two classes"
        default: "end with '\(softmaxLayer(classCount))'"
        }
      return (
        .outputWidth,
        "the model ends in \(shape) values per image, but the data has \(classCount) classes", hint
      )
    }
    guard case .activation(.softmax) = output.operation else {
      return (
        .noProbabilities,
        "'\(Swift.type(of: loss).type)' needs probabilities, but the model does not end in a softmax",
        "give the last layer 'activation: softmax'"
      )
    }
    return nil
  }

  private static func problemOfSigmoid(
    _ output: Graph.Node, _ classCount: Int, _ loss: any LossSpec
  ) -> Problem? {
    let name = "'\(Swift.type(of: loss).type)'"
    let others = "'loss: \(CategoricalCrossentropy.type)'"
    guard classCount == 2 else {
      return (
        .outputWidth, "\(name) tells two classes apart, but the data has \(classCount)",
        "take \(others), and end with '\(softmaxLayer(classCount))'"
      )
    }
    guard output.shape.isFlat, output.shape.channels == 1 else {
      return (
        .outputWidth,
        "\(name) takes one probability per image, but the model ends in \(output.shape) values",
        "end with '- {type: dense, units: 1, activation: sigmoid}', or take \(others)"
      )
    }
    guard case .activation(.sigmoid) = output.operation else {
      return (
        .noProbabilities, "\(name) needs a probability, but the model does not end in a sigmoid",
        "give the last layer 'activation: sigmoid'"
      )
    }
    return nil
  }

  private static func softmaxLayer(_ classCount: Int) -> String {
    "- {type: dense, units: \(classCount), activation: softmax}"
  }
}
