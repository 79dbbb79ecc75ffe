import Exchange
import ReferenceBackend
import Tensors

extension Graph {
  /// A network of what libraries have words of their own for, or none: for a convolution with strides and dilation, for
  /// padding that is uneven, for layers called as something else is.
  static let specialCases: Graph = {
    var graph = Graph(
      input: ImageShape(height: 12, width: 10, channels: 1), loss: PlainCrossentropy())
    let even = Window(size: [2, 4], strides: [1, 1], padding: .same)
    graph.append(
      .convolution2D(filters: 4, window: even, useBias: true), layer: "conv-1", input: 0)
    let stem = graph.add(.activation(.relu), "conv-1")
    graph.add(
      .pooling2D(.average, Window(size: [2, 2], strides: [1, 1], padding: .same)),
      "average_pooling2d")
    let smooth = graph.add(.rescaling(scale: -0.5, offset: 0), "rescaling")
    graph.append(.combination(.add), layer: "add", inputs: [stem, smooth])
    // As PyTorch pads, whatever the strides.
    let explicit = Window.Padding.explicit(before: [1, 1], after: [1, 1])
    graph.add(
      .pooling2D(.max, Window(size: [3, 3], strides: [1, 1], padding: explicit)), "same_as_keras")
    let wide = Window.Padding.explicit(before: [2, 1], after: [2, 1])
    graph.add(.pooling2D(.max, Window(size: [3, 3], strides: [1, 1], padding: wide)), "wide")
    graph.add(.pooling2D(.average, Window(size: [3, 3], strides: [1, 2], padding: wide)), "mean")
    graph.add(
      .convolution2D(
        filters: 4, window: Window(size: [3, 3], strides: [2, 2], padding: explicit), useBias: true
      ), "padded")
    graph.add(.activation(.boundedReLU(maximum: 6)), "padded")
    graph.append(
      .convolution2D(
        filters: 8,
        window: Window(size: [3, 3], strides: [2, 1], padding: .same), groups: 4, useBias: true),
      layer: "train", inputs: [graph.nodes.count - 1],
      parameters: [
        Parameter(
          name: "kernel", shape: [3, 3, 4, 2], role: .kernel, initializer: .glorotUniform,
          fanIn: 36, fanOut: 18),
        Parameter(name: "bias", shape: [8], role: .bias, initializer: .zeros),
      ])
    graph.add(.activation(.hardSwish), "train")
    graph.append(
      .convolution2D(
        filters: 6, window: Window(size: [1, 1], strides: [1, 1], padding: .valid), useBias: true),
      layer: "pixels", inputs: [graph.nodes.count - 1],
      parameters: Operation.dense(units: 6, useBias: true)
        .parameters(for: [ImageShape(flat: 8)]))
    graph.add(.activation(.tanh), "pixels")
    let both = Window(size: [2, 2], strides: [2, 1], padding: .same, dilation: [2, 2])
    graph.add(.convolution2D(filters: 6, window: both, groups: 2, useBias: false), "both")
    let image = graph.add(.activation(.elu(alpha: 1)), "both")
    let size = SIMD2(graph.nodes[image].shape.height, graph.nodes[image].shape.width)
    graph.add(
      .pooling2D(.max, Window(size: size, strides: size, padding: .valid)), "global_max_pooling2d")
    let largest = graph.add(.flatten, "global_max_pooling2d")
    graph.append(.flatten, layer: "flatten", input: image)
    let hidden = graph.add(.dense(units: 5, useBias: true), "hidden")
    let scaled = Operation.selu.reduce(hidden) {
      graph.append($1, layer: "hidden", input: $0)
    }
    let joined = graph.append(.concatenation, layer: "x", inputs: [largest, scaled])
    _ = Operation.hardSigmoid.reduce(joined) {
      graph.append($1, layer: "hard_sigmoid", input: $0)
    }
    graph.add(.dense(units: 3, useBias: true), "class")
    graph.add(.activation(.softmax), "class")
    return graph
  }()

  /// Adds `operation` on the result of the last node.
  @discardableResult
  fileprivate mutating func add(_ operation: Tensors.Operation, _ layer: String) -> Int {
    append(operation, layer: layer, input: nodes.count - 1)
  }
}
