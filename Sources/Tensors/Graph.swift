/// A network: operations on images, from the input to the class probabilities, and the loss to minimize.
///
/// Nodes stand in an order in which each comes after its inputs.
package struct Graph: Sendable {
  /// One operation and where its input comes from.
  package struct Node: Sendable {
    /// Name of the layer it belongs to; the first part of its parameters' names.
    package let layer: String
    package let operation: Operation
    /// Numbers of the nodes whose results it takes.
    package let inputs: [Int]
    /// Shape of its result for one image.
    package let shape: ImageShape
    package fileprivate(set) var parameters: [Parameter]

    /// True if it is a dense layer on the channels of each pixel: a convolution with a kernel [channels, units].
    package var isDenseOfPixels: Bool {
      if case .convolution2D = operation { parameters[0].shape.count == 2 } else { false }
    }

    /// The full name of one of its parameters, such as `conv2d_1.kernel`.
    package func fullName(of parameter: Parameter) -> String { "\(layer).\(parameter.name)" }
  }

  package private(set) var nodes: [Node]
  package let loss: any LossFunction
  /// The precision that products are computed in.
  package var precision = Precision.float32
  /// The algorithm of 3×3 convolutions.
  package var convolution = ConvolutionAlgorithm.winograd

  /// A graph with only an input for images of `shape`.
  package init(input shape: ImageShape, loss: any LossFunction) {
    nodes = [
      Node(layer: "input", operation: .input(shape), inputs: [], shape: shape, parameters: [])
    ]
    self.loss = loss
  }

  /// Adds `operation` on the results of nodes `inputs`, and returns its number. Its parameters are the usual ones
  /// unless others with as many numbers are given.
  @discardableResult
  package mutating func append(
    _ operation: Operation, layer: String, inputs: [Int], parameters: [Parameter]? = nil
  ) -> Int {
    let shapes = inputs.map { nodes[$0].shape }
    let parameters = parameters ?? operation.parameters(for: shapes)
    // Saved weights are told apart by the names of layer and parameter alone.
    let taken = nodes.reversed().prefix { $0.layer == layer }.flatMap(\.parameters).map(\.name)
    precondition(
      Set(taken).isDisjoint(with: parameters.map(\.name)),
      "two parameters of '\(layer)' share a name")
    nodes.append(
      Node(
        layer: layer, operation: operation, inputs: inputs,
        shape: operation.outputShape(for: shapes), parameters: parameters))
    return nodes.count - 1
  }

  /// Adds `operation` on the result of node `input`.
  @discardableResult
  package mutating func append(_ operation: Operation, layer: String, input: Int) -> Int {
    append(operation, layer: layer, inputs: [input])
  }

  /// Makes the probability p of one class, which the last node computes as a sigmoid, those of two: 1 − p and p.
  ///
  /// sigmoid(x) is the second value of softmax([0, x]): all that follows knows a softmax alone, and loss and gradient are
  /// as exact as of one.
  package mutating func makeTwoClasses() {
    let sigmoid = nodes.removeLast()
    precondition(
      sigmoid.operation == .activation(.sigmoid) && sigmoid.shape.elementCount == 1,
      "one probability")
    let (layer, logit) = (sigmoid.layer, sigmoid.inputs[0])
    let zero = append(.rescaling(scale: 0, offset: 0), layer: layer, input: logit)
    let logits = append(.concatenation, layer: layer, inputs: [zero, logit])
    append(.activation(.softmax), layer: layer, input: logits)
  }

  /// Keeps training from changing the parameters of `nodes`.
  package mutating func freeze(_ nodes: Range<Int>) {
    for node in nodes {
      for index in self.nodes[node].parameters.indices {
        self.nodes[node].parameters[index].isTrainable = false
      }
    }
  }

  /// The shape of the images.
  package var inputShape: ImageShape { nodes[0].shape }

  /// The number of classes: the length of the last node's vector.
  package var classCount: Int { nodes[nodes.count - 1].shape.elementCount }

  /// Every parameter with its full name, in the order of the nodes.
  package var parameters: [(name: String, parameter: Parameter)] {
    nodes.flatMap { node in node.parameters.map { (node.fullName(of: $0), $0) } }
  }

  /// The parameters before training: those that are `known`, and others drawn for `seed`, each as if it were alone.
  package func initialParameters(
    seed: UInt64, known: NamedTensors = NamedTensors()
  ) -> NamedTensors {
    let tensors = Dictionary(known.entries.map { ($0.name, $0.tensor) }) { first, _ in first }
    return NamedTensors(
      parameters.enumerated().map { index, entry in
        if let tensor = tensors[entry.name] { return .init(name: entry.name, tensor: tensor) }
        let stream = RandomStream(seed: seed, purpose: .initialization, layer: index)
        let values = entry.parameter.initializer.values(for: entry.parameter, from: stream)
        return .init(
          name: entry.name, tensor: Tensor(shape: entry.parameter.shape, values: values))
      })
  }
}
