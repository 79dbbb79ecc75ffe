import Tensors

/// One emitter for each operation.
extension ONNXGraphBuilder {
  /// Adds the nodes that graph node `number` becomes; returns the name of their result.
  mutating func emit(_ number: Int, _ inputs: [String]) -> String {
    let node = model.graph.nodes[number]
    let layer = node.layer
    switch node.operation {
    case .input: preconditionFailure("a second input")
    case .dropout, .alphaDropout, .gaussianDropout, .gaussianNoise: return inputs[0]
    case .convolution2D(_, let window, let groups, _):
      return emitConvolution(number, inputs[0], window, groups)
    case .pooling2D(let pooling, let window):
      return emitPooling(number, inputs[0], pooling, window)
    case .flatten, .reshape: return emitReshape(number, inputs[0])
    case .zeroPadding2D(let before, let after):
      let pads = constant(
        "\(layer).pads", [0, 0, before.x, before.y, 0, 0, after.x, after.y])
      return add("Pad", [inputs[0], pads], layer)
    case .cropping2D(let before, _):
      let end = before &+ node.shape.size
      return add(
        "Slice",
        [
          inputs[0], constant("\(layer).starts", before.numbers),
          constant("\(layer).ends", end.numbers), constant("\(layer).axes", [2, 3]),
        ], layer)
    case .upSampling2D(let size):
      // A place divided by its axis's scale, rounded down, is the pixel that is repeated there.
      let scales = constant("\(layer).scales", [4], [1, 1, Float(size.x), Float(size.y)])
      return add(
        "Resize", [inputs[0], "", scales], layer,
        [
          .text("mode", "nearest"), .text("coordinate_transformation_mode", "asymmetric"),
          .text("nearest_mode", "floor"),
        ])
    case .dense:
      let operands = operands(number, inputs[0])
      return add("Gemm", operands, layer, [.integer("transB", 1)])
    case .rescaling(let scale, let offset):
      let scaled = add("Mul", [inputs[0], constant("\(layer).scale", [], [scale])], layer)
      if offset == 0 { return scaled }
      return add("Add", [scaled, constant("\(layer).offset", [], [offset])], layer)
    case .activation(let function): return emit(function, inputs[0], layer)
    case .prelu:
      let alpha = parameters(of: number, broadcast: true).values
      return add("PRelu", inputs + alpha, layer)
    case .combination(let combination): return emit(combination, inputs, layer)
    case .concatenation: return add("Concat", inputs, layer, [.integer("axis", 1)])
    case .batchNormalization(let settings, _):
      return emitBatchNormalization(number, inputs[0], settings)
    case .groupNormalization(let settings, let groups):
      return emitGroupNormalization(number, inputs[0], settings, groups)
    case .layerNormalization(let settings):
      return emitLayerNormalization(number, inputs[0], settings)
    }
  }

  private mutating func emitConvolution(
    _ number: Int, _ input: String, _ window: Window, _ groups: Int
  ) -> String {
    let node = model.graph.nodes[number]
    let operands = operands(number, input)
    return add(
      "Conv", operands, node.layer,
      windowAttributes(number, window) + [
        .integers("dilations", window.dilation.numbers), .integer("group", groups),
      ])
  }

  /// The input and, in the graph's order, the parameters of a convolution or dense layer.
  private mutating func operands(_ number: Int, _ input: String) -> [String] {
    let names = parameters(of: number)
    return [input] + model.graph.nodes[number].parameters.compactMap { names[$0.name] }
  }

  private mutating func emitPooling(
    _ number: Int, _ input: String, _ pooling: Operation.Pooling, _ window: Window
  ) -> String {
    let node = model.graph.nodes[number]
    let image = model.graph.nodes[node.inputs[0]].shape
    let type = pooling == .max ? "MaxPool" : "AveragePool"
    if window.size == image.size, window.count(over: image.size) == [1, 1],
      WindowPadding(window, of: image).isNone
    {
      return add("Global\(type)", [input], node.layer)
    }
    // No layer has a pooling with dilation; AveragePool takes none before opset 19. It leaves the padding out of its
    // mean unless told otherwise.
    precondition(window.dilation == [1, 1], "a pooling with dilation")
    return add(type, [input], node.layer, windowAttributes(number, window))
  }

  private func windowAttributes(_ number: Int, _ window: Window) -> [ONNX.Attribute] {
    let image = model.graph.nodes[model.graph.nodes[number].inputs[0]].shape
    let padding = WindowPadding(window, of: image)
    return [
      .integers("kernel_shape", window.size.numbers), .integers("strides", window.strides.numbers),
      .integers("pads", padding.before.numbers + padding.after.numbers),
    ]
  }

  private mutating func emitReshape(_ number: Int, _ input: String) -> String {
    let node = model.graph.nodes[number]
    let (old, new) = (model.graph.nodes[node.inputs[0]].shape, node.shape)
    switch model.graph.reshaping(of: number) {
    case nil, .unchanged: return input
    case .channelsFirst:
      return new.isFlat
        ? add("Flatten", [input], node.layer) : reshape(input, new.channelsFirst, node.layer)
    case .channelsLast:
      let value = old.isFlat ? input : toChannelsLast(input, old, node.layer)
      if new.isFlat { return add("Flatten", [value], node.layer) }
      return toChannelsFirst(reshape(value, new.lengths, node.layer), new, node.layer)
    }
  }

  private mutating func emit(
    _ combination: Operation.Combination, _ inputs: [String], _ layer: String
  ) -> String {
    switch combination {
    case .add: inputs.dropFirst().reduce(inputs[0]) { add("Add", [$0, $1], layer) }
    case .multiply: inputs.dropFirst().reduce(inputs[0]) { add("Mul", [$0, $1], layer) }
    case .average: add("Mean", inputs, layer)
    case .maximum: add("Max", inputs, layer)
    }
  }
}

extension SIMD2<Int> {
  /// Height and width, or top and left.
  fileprivate var numbers: [Int] { [x, y] }
}
