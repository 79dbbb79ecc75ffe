import ReferenceBackend
import Tensors

extension ExportedNetwork {
  /// A network with every operation, and each of the cases that libraries treat differently.
  package static let everything = ExportedNetwork(
    name: "everything", graph: .everything,
    classNames: ["cat", "dog", "a \"quoted\"\nline", "Käse"],
    temperature: 1.37)
}

extension Graph {
  fileprivate static let everything: Graph = {
    var graph = Graph(
      input: ImageShape(height: 12, width: 10, channels: 3), loss: PlainCrossentropy())
    let shared = Operation.SharedAxes(rows: true, columns: true)

    var x = graph.conv("stem", 0, 8, [3, 3], padding: .same)
    x = graph.append(.activation(.relu), layer: "stem", input: x)
    let stem = x
    // Odd padding, groups, and a function with parameters in one layer.
    x = graph.conv(
      "conv2d", x, 8, [3, 5], strides: [2, 1], padding: .same, groups: 2, useBias: false)
    x = graph.append(.prelu(isShared: shared), layer: "conv2d", input: x)
    x = graph.append(
      .batchNormalization(NormalizationSettings(epsilon: 0.001), momentum: 0.99),
      layer: "batch_normalization", input: x)
    x = graph.append(.activation(.leakyReLU(slope: 0.2)), layer: "leaky_relu", input: x)
    x = graph.append(
      .dropout(rate: 0.25, wholeChannels: true), layer: "spatial_dropout2d", input: x)
    let down = x
    x = graph.pool("max_pooling2d", stem, .max, [2, 3], strides: [2, 1], padding: .same)
    x = graph.append(.combination(.add), layer: "add", inputs: [x, down])
    let sum = x
    x = graph.pool("average_pooling2d", x, .average, [3, 3], strides: [1, 1], padding: .same)
    x = graph.append(.activation(.softplus), layer: "softplus", input: x)
    let first = x
    x = graph.pool("average_pooling2d_1", sum, .average, [2, 2], strides: [1, 1], padding: .same)
    let second = graph.append(.activation(.tanh), layer: "tanh", input: x)
    x = graph.append(
      .combination(.average), layer: "average", inputs: [first, second, sum])
    x = graph.append(.combination(.multiply), layer: "multiply", inputs: [x, first])
    x = graph.append(.combination(.maximum), layer: "maximum", inputs: [x, second, sum])
    x = graph.append(.combination(.maximum), layer: "maximum_1", inputs: [x, first])
    x = graph.depthwise("depthwise_conv2d", x, kernel: "kernel", multiplier: 2, strides: [2, 1])
    x = graph.append(.activation(.hardSwish), layer: "depthwise_conv2d", input: x)
    x = graph.append(
      .groupNormalization(NormalizationSettings(epsilon: 0.001, center: false), groups: 4),
      layer: "group_normalization", input: x)
    x = graph.depthwise("separable_conv2d", x, kernel: "depthwise_kernel", multiplier: 1)
    x = graph.pointwise("separable_conv2d", x, 6)
    x = graph.append(.activation(.gelu), layer: "separable_conv2d", input: x)
    x = graph.append(
      .layerNormalization(NormalizationSettings(epsilon: 0.001)), layer: "layer_normalization",
      input: x)
    // Keras has no layer for strides beside dilation.
    x = graph.conv("dilated", x, 4, [2, 2], strides: [2, 1], padding: .same, dilation: [2, 2])
    x = graph.append(.activation(.elu(alpha: 0.7)), layer: "dilated", input: x)
    x = graph.append(
      .zeroPadding2D(before: [1, 0], after: [0, 2]), layer: "zero_padding2d", input: x)
    x = graph.append(.prelu(isShared: .init(rows: true, columns: false)), layer: "prelu", input: x)
    x = graph.append(.gaussianNoise(deviation: 0.1), layer: "gaussian_noise", input: x)
    x = graph.append(.rescaling(scale: 0.5, offset: 0.25), layer: "rescaling", input: x)
    let image = x
    let shape = graph.nodes[image].shape
    x = graph.append(
      .reshape(ImageShape(height: shape.width, width: shape.height, channels: shape.channels)),
      layer: "reshape", input: x)
    x = graph.append(.activation(.softmax), layer: "softmax", input: x)
    x = graph.pool("global_max_pooling2d", x, .max, graph.size(x), strides: graph.size(x))
    let largest = graph.append(.flatten, layer: "global_max_pooling2d", input: x)
    x = graph.pool(
      "global_average_pooling2d", image, .average, graph.size(image), strides: graph.size(image))
    let mean = graph.append(.flatten, layer: "global_average_pooling2d", input: x)
    // Flattened for a dense layer, whose kernel can follow, and for others, which see the order.
    x = graph.append(.flatten, layer: "flatten", input: image)
    x = graph.append(.dropout(rate: 0.5), layer: "dropout", input: x)
    x = graph.append(.dense(units: 7, useBias: false), layer: "dense", input: x)
    let dense = graph.append(.activation(.silu), layer: "dense", input: x)
    let flat = graph.append(.flatten, layer: "flatten_1", input: image)
    x = graph.append(.concatenation, layer: "concatenate", inputs: [dense, flat, mean, largest])
    x = graph.append(.activation(.sigmoid), layer: "sigmoid", input: x)
    x = graph.append(.dense(units: 6, useBias: true), layer: "dense_1", input: x)
    x = Operation.selu.reduce(x) { graph.append($1, layer: "dense_1", input: $0) }
    x = graph.append(
      .batchNormalization(
        NormalizationSettings(epsilon: 0.001, center: false, scale: false), momentum: 0.9),
      layer: "batch_normalization_1", input: x)
    x = graph.append(
      .layerNormalization(NormalizationSettings(epsilon: 0.001, scale: false)),
      layer: "layer_normalization_1", input: x)
    x = graph.append(.activation(.elu(alpha: 1)), layer: "elu", input: x)
    x = graph.append(.dense(units: 4, useBias: true), layer: "dense_2", input: x)
    graph.append(.activation(.softmax), layer: "dense_2", input: x)
    return graph
  }()

  fileprivate func size(_ node: Int) -> SIMD2<Int> {
    SIMD2(nodes[node].shape.height, nodes[node].shape.width)
  }

  fileprivate mutating func conv(
    _ layer: String, _ input: Int, _ filters: Int, _ size: SIMD2<Int>,
    strides: SIMD2<Int> = [1, 1], padding: Window.Padding = .valid,
    dilation: SIMD2<Int> = [1, 1], groups: Int = 1, useBias: Bool = true
  ) -> Int {
    append(
      .convolution2D(
        filters: filters,
        window: Window(size: size, strides: strides, padding: padding, dilation: dilation),
        groups: groups, useBias: useBias), layer: layer, input: input)
  }

  fileprivate mutating func pool(
    _ layer: String, _ input: Int, _ pooling: Operation.Pooling, _ size: SIMD2<Int>,
    strides: SIMD2<Int>, padding: Window.Padding = .valid
  ) -> Int {
    append(
      .pooling2D(pooling, Window(size: size, strides: strides, padding: padding)), layer: layer,
      input: input)
  }

  /// A depthwise convolution with a kernel of Keras's shape.
  fileprivate mutating func depthwise(
    _ layer: String, _ input: Int, kernel: String, multiplier: Int, strides: SIMD2<Int> = [1, 1]
  ) -> Int {
    let channels = nodes[input].shape.channels
    let window = Window(size: [3, 3], strides: strides, padding: .same)
    return append(
      .convolution2D(
        filters: channels * multiplier, window: window, groups: channels, useBias: false),
      layer: layer, inputs: [input],
      parameters: [
        Parameter(
          name: kernel, shape: [3, 3, channels, multiplier], role: .kernel,
          initializer: .glorotUniform, fanIn: 9 * channels, fanOut: 9 * multiplier)
      ])
  }

  /// The convolution of single pixels behind a depthwise one.
  fileprivate mutating func pointwise(_ layer: String, _ input: Int, _ filters: Int) -> Int {
    let operation = Operation.convolution2D(
      filters: filters, window: Window(size: [1, 1], strides: [1, 1], padding: .valid),
      useBias: true)
    var parameters = operation.parameters(for: [nodes[input].shape])
    parameters[0].name = "pointwise_kernel"
    return append(operation, layer: layer, inputs: [input], parameters: parameters)
  }
}
