import ReferenceBackend
import Tensors
import Testing

/// One network that the suite takes through both backends.
struct NetworkCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let graph: Graph

  /// A network that `build` adds operations to.
  init(_ name: String, _ input: ImageShape, _ build: (inout Graph) -> Void) {
    testDescription = name
    var graph = Graph(input: input, loss: PlainCrossentropy())
    build(&graph)
    self.graph = graph
  }

  /// A chain.
  init(_ name: String, _ input: ImageShape, _ operations: [Tensors.Operation]) {
    self.init(name, input) { graph in
      for operation in operations { graph.add(operation) }
    }
  }

  static let all =
    chains + convolutions + winograd + narrow + poolings + activations + normalizations
    + normalizedConvolutions + branches + sums

  static func conv(
    _ filters: Int, _ size: SIMD2<Int>, strides: SIMD2<Int> = [1, 1],
    padding: Window.Padding = .valid, dilation: SIMD2<Int> = [1, 1], groups: Int = 1,
    useBias: Bool = true
  ) -> Tensors.Operation {
    .convolution2D(
      filters: filters,
      window: Window(size: size, strides: strides, padding: padding, dilation: dilation),
      groups: groups, useBias: useBias)
  }

  static func pool(
    _ size: SIMD2<Int>, strides: SIMD2<Int>? = nil, padding: Window.Padding = .valid,
    _ pooling: Tensors.Operation.Pooling = .max
  ) -> Tensors.Operation {
    .pooling2D(pooling, Window(size: size, strides: strides ?? size, padding: padding))
  }

  static func dense(_ units: Int, useBias: Bool = true) -> Tensors.Operation {
    .dense(units: units, useBias: useBias)
  }

  static let softmax = Tensors.Operation.activation(.softmax)

  static func image(_ height: Int, _ width: Int, _ channels: Int) -> ImageShape {
    ImageShape(height: height, width: width, channels: channels)
  }
}

extension Graph {
  /// Adds `operation` on the results of `inputs`, or of the last node, in a layer of its own.
  @discardableResult
  mutating func add(_ operation: Tensors.Operation, _ inputs: Int...) -> Int {
    append(
      operation, layer: "layer\(nodes.count - 1)",
      inputs: inputs.isEmpty ? [nodes.count - 1] : inputs)
  }

  /// Adds a dense layer that takes each pixel of the last node's images.
  mutating func addDenseOfPixels(_ units: Int) {
    let source = nodes.count - 1
    append(
      NetworkCase.conv(units, [1, 1]), layer: "layer\(source)", inputs: [source],
      parameters: NetworkCase.dense(units).parameters(
        for: [ImageShape(flat: nodes[source].shape.channels)]))
  }

  /// Adds a softmax over `classCount` classes after a dense layer of the last node's values.
  mutating func addClassifier(_ classCount: Int) {
    if !nodes[nodes.count - 1].shape.isFlat { add(.flatten) }
    add(NetworkCase.dense(classCount))
    add(NetworkCase.softmax)
  }
}
