import Tensors

/// Builds the ONNX graph of a network as it predicts: dropout and noise leave nothing.
///
/// Images have the axes batch, channels, height, width throughout, and vectors batch, values.
struct ONNXGraphBuilder {
  let model: ExportedModel
  private let tensors: [String: Tensor]
  private var nodes: [ONNX.Node] = []
  private var initializers: [ONNX.Tensor] = []
  /// Names of nodes and constants, which must differ.
  private var names: Set<String> = []
  /// The name of each node's result.
  private var results: [String] = []

  init(_ model: ExportedModel) {
    self.model = model
    tensors = Dictionary(
      uniqueKeysWithValues: model.parameters.entries.map { ($0.name, $0.tensor) })
  }

  /// The graph for images of `layout` and `input`.
  mutating func graph(layout: ONNXFile.Layout, input: ONNXFile.Input) -> ONNX.Graph {
    let shape = model.graph.inputShape
    let images = ONNX.Value(
      name: "images", elementType: input == .bytes ? .uint8 : .float,
      shape: layout == .nhwc ? shape.lengths : shape.channelsFirst)
    let probabilities = ONNX.Value(
      name: "probabilities", elementType: .float, shape: [model.graph.classCount])
    results.append(read(images.name, layout, input))
    for number in model.graph.nodes.indices.dropFirst() {
      if number == model.graph.nodes.count - 1 { divideByTemperature(number) }
      results.append(emit(number, model.graph.nodes[number].inputs.map { results[$0] }))
    }
    // A network ends in a softmax, which is a node of its own.
    nodes[nodes.count - 1].output = probabilities.name
    return ONNX.Graph(
      name: model.name, nodes: nodes, initializers: initializers, input: images,
      output: probabilities)
  }

  /// The numbers that the network reads, of what goes into the graph.
  private mutating func read(
    _ images: String, _ layout: ONNXFile.Layout, _ input: ONNXFile.Input
  ) -> String {
    let layer = model.graph.nodes[0].layer
    let shape = model.graph.inputShape
    var value = images
    if layout == .nhwc { value = toChannelsFirst(value, shape, layer) }
    guard input == .bytes else { return value }
    value = add("Cast", [value], layer, [.integer("to", ONNX.ElementType.float.rawValue)])
    for (type, numbers, neutral) in [("Sub", model.shift, 0.0), ("Div", model.divisor, 1)]
    where numbers.contains(where: { $0 != neutral }) {
      let operand = constant(
        "\(layer).\(type == "Sub" ? "shift" : "divisor")", [shape.channels, 1, 1],
        numbers.map(Float.init))
      value = add(type, [value, operand], layer)
    }
    return value
  }

  private mutating func divideByTemperature(_ last: Int) {
    let node = model.graph.nodes[last]
    guard model.temperature != 1 else { return }
    let divisor = constant("\(node.layer).temperature", [], [Float(model.temperature)])
    results[node.inputs[0]] = add("Div", [results[node.inputs[0]], divisor], node.layer)
  }

  // MARK: what emitters add

  /// Adds a node of operator `type` to what `layer` became; returns the name of its result, which is also its own.
  mutating func add(
    _ type: String, _ inputs: [String], _ layer: String, _ attributes: [ONNX.Attribute] = []
  ) -> String {
    let name = unused("\(layer)/\(type)")
    nodes.append(
      ONNX.Node(type: type, name: name, inputs: inputs, output: name, attributes: attributes))
    return name
  }

  /// Adds numbers that an operator takes as an input; returns their name.
  mutating func constant(_ name: String, _ shape: [Int], _ values: [Float]) -> String {
    let name = unused(name)
    initializers.append(ONNX.Tensor(name: name, shape: shape, values: .floats(values)))
    return name
  }

  /// Likewise, whole numbers.
  mutating func constant(_ name: String, _ values: [Int]) -> String {
    let name = unused(name)
    initializers.append(ONNX.Tensor(name: name, shape: [values.count], values: .integers(values)))
    return name
  }

  /// Adds the parameters of graph node `number`; returns their full names, by those within the layer.
  ///
  /// - Parameter broadcast: whether an operator aligns them with the values' axes from the last one on, so that an
  ///   image's channels need axes behind them.
  mutating func parameters(of number: Int, broadcast: Bool = false) -> [String: String] {
    let node = model.graph.nodes[number]
    var names: [String: String] = [:]
    for (parameter, layout) in zip(node.parameters, model.graph.channelsFirstLayouts(of: number)) {
      guard let tensor = tensors[layout.parameter] else {
        preconditionFailure("'\(layout.parameter)' is missing")
      }
      let needsAxes = broadcast && layout.shape.count == 1 && !node.shape.isFlat
      names[parameter.name] = constant(
        layout.parameter, layout.shape + (needsAxes ? [1, 1] : []),
        layout.arranged(tensor).values)
    }
    return names
  }

  /// An image's value with its channels first, of one with its channels last.
  mutating func toChannelsFirst(_ value: String, _ shape: ImageShape, _ layer: String) -> String {
    shape.hasOneOrder
      ? reshape(value, shape.channelsFirst, layer)
      : add("Transpose", [value], layer, [.integers("perm", [0, 3, 1, 2])])
  }

  /// The reverse of `toChannelsFirst`.
  mutating func toChannelsLast(_ value: String, _ shape: ImageShape, _ layer: String) -> String {
    shape.hasOneOrder
      ? reshape(value, shape.lengths, layer)
      : add("Transpose", [value], layer, [.integers("perm", [0, 2, 3, 1])])
  }

  /// The same numbers of each image in another shape.
  mutating func reshape(_ value: String, _ lengths: [Int], _ layer: String) -> String {
    // A 0 stands for the length of the same axis before.
    add("Reshape", [value, constant("\(layer).shape", [0] + lengths)], layer)
  }

  private mutating func unused(_ name: String) -> String {
    var (candidate, count) = (name, 1)
    while !names.insert(candidate).inserted {
      count += 1
      candidate = "\(name)_\(count)"
    }
    return candidate
  }
}
