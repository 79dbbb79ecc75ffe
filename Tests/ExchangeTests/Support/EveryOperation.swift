import Exchange
import ReferenceBackend
import Tensors

/// A network with every operation and every function, in each way in which its export depends on.
struct EveryOperation {
  private(set) var graph = Graph(
    input: ImageShape(height: 9, width: 8, channels: 3), loss: PlainCrossentropy())

  init() {
    add(.convolution2D(filters: 8, window: window(3, strides: [2, 1]), useBias: true), "conv2d")
    add(.activation(.relu), "conv2d")
    add(.batchNormalization(.init(epsilon: 0.001), momentum: 0.9), "batch_normalization")
    add(
      .convolution2D(
        filters: 12, window: window(3, dilation: [2, 2]), groups: 4, useBias: false), "grouped")
    add(.activation(.leakyReLU(slope: 0.3)), "grouped")
    add(.prelu(isShared: .init(rows: true, columns: true)), "prelu")
    add(.prelu(isShared: .init(rows: true, columns: false)), "prelu_by_column")
    add(.groupNormalization(.init(epsilon: 0.001), groups: 3), "group_normalization")
    add(.layerNormalization(.init(epsilon: 0.001, center: false)), "layer_normalization")
    addSeparable("separable_conv2d")
    add(.zeroPadding2D(before: [1, 0], after: [0, 2]), "zero_padding2d")
    add(.cropping2D(before: [0, 1], after: [1, 0]), "cropping2d")
    add(.upSampling2D(size: [2, 3]), "upsampling2d")
    let pooled = add(.pooling2D(.max, window(3, strides: [4, 6])), "max_pooling2d")
    let branches = [ActivationFunction.elu(alpha: 0.7), .gelu, .silu, .hardSwish].map {
      add(.activation($0), "branch", [pooled])
    }
    let joined = Operation.Combination.allCases.map {
      add(.combination($0), $0.rawValue, branches)
    }
    add(.concatenation, "concatenate", joined)
    add(.pooling2D(.average, window(3, strides: [1, 2])), "average_pooling2d")
    add(.activation(.softplus), "softplus")
    add(.activation(.mish), "mish")
    add(.dropout(rate: 0.5, wholeChannels: true), "spatial_dropout2d")
    let image = add(.reshape(ImageShape(height: 8, width: 6, channels: 6)), "reshape")
    let shares = add(.activation(.softmax), "softmax_of_pixels")
    let ends = [addHead(image), addGlobal(image), addOrdered(shares)]
    add(.concatenation, "features", ends)
    add(.groupNormalization(.init(epsilon: 0.01, scale: false), groups: 2), "group_of_vector")
    add(.layerNormalization(.init(epsilon: 0.01)), "layer_of_vector")
    add(.batchNormalization(.init(epsilon: 0.01, scale: false), momentum: 0.9), "batch_of_vector")
    add(.prelu(isShared: .init(rows: false, columns: false)), "prelu_of_vector")
    add(.alphaDropout(rate: 0.1), "alpha_dropout")
    add(.gaussianDropout(rate: 0.2), "gaussian_dropout")
    add(.gaussianNoise(deviation: 0.1), "gaussian_noise")
    add(.dense(units: 4, useBias: false), "dense")
    add(.activation(.softmax), "dense")
  }

  /// The whole, with parameters of which none are all zeros or ones.
  func model(temperature: Double = 1, threshold: Double? = nil) -> ExportedModel {
    ExportedModel(
      name: "every-operation", specHash: "0123abcd", graph: graph,
      parameters: graph.unusualParameters, shift: [10, 100.5, 200], divisor: [50, 60.25, 70],
      pictures: PicturePreparation(
        resizing: .init(fit: .pad, interpolation: .area), background: 200),
      classNames: ["ant", "bée", "\"c\"", "d"], temperature: temperature,
      threshold: threshold)
  }

  /// Only dense layers read its vector: it stays in the order of the channels.
  private mutating func addHead(_ image: Int) -> Int {
    add(.flatten, "flatten", [image])
    add(.rescaling(scale: 0.5, offset: 0.25), "rescaling")
    add(.activation(.boundedReLU(maximum: 2)), "bounded_relu")
    add(.dropout(rate: 0.5), "dropout")
    add(.dense(units: 6, useBias: true), "hidden")
    return add(.activation(.tanh), "hidden")
  }

  private mutating func addGlobal(_ image: Int) -> Int {
    let whole = Window(size: [8, 6], strides: [8, 6], padding: .valid)
    add(.pooling2D(.average, whole), "global_average_pooling2d", [image])
    return add(.flatten, "global_average_pooling2d")
  }

  /// Its vector is read by others too: it has to be in the order height, width, channels.
  private mutating func addOrdered(_ image: Int) -> Int {
    add(.pooling2D(.max, window(3, strides: [3, 3])), "small", [image])
    add(.flatten, "ordered")
    return add(.activation(.sigmoid), "ordered")
  }

  private mutating func addSeparable(_ layer: String) {
    let window = window(3)
    let depthwise = Operation.convolution2D(
      filters: 24, window: window, groups: 12, useBias: false)
    graph.append(
      depthwise, layer: layer, inputs: [graph.nodes.count - 1],
      parameters: [
        Parameter(
          name: "depthwise_kernel", shape: [3, 3, 12, 2], role: .kernel,
          initializer: .glorotUniform, fanIn: 108, fanOut: 18)
      ])
    let pointwise = Operation.convolution2D(
      filters: 8, window: Window(size: [1, 1], strides: [1, 1], padding: .valid), useBias: true)
    var parameters = pointwise.parameters(for: [graph.nodes[graph.nodes.count - 1].shape])
    parameters[0].name = "pointwise_kernel"
    graph.append(
      pointwise, layer: layer, inputs: [graph.nodes.count - 1], parameters: parameters)
    add(.prelu(isShared: .init(rows: true, columns: true)), layer)
  }

  private func window(
    _ size: Int, strides: SIMD2<Int> = [1, 1], dilation: SIMD2<Int> = [1, 1]
  ) -> Window {
    Window(size: [size, size], strides: strides, padding: .same, dilation: dilation)
  }

  @discardableResult
  private mutating func add(
    _ operation: Operation, _ layer: String, _ inputs: [Int]? = nil
  ) -> Int {
    graph.append(operation, layer: layer, inputs: inputs ?? [graph.nodes.count - 1])
  }
}

extension Graph {
  /// Parameters as they could be after training: other than those that a fresh network has.
  var unusualParameters: NamedTensors {
    var tensors = initialParameters(seed: 3)
    for (index, entry) in parameters.enumerated() where entry.parameter.role != .kernel {
      let stream = RandomStream(seed: 9, purpose: .initialization, layer: index)
      for element in 0..<entry.parameter.count {
        tensors.entries[index].tensor.values[element] += stream.uniform(element) - 0.5
      }
    }
    return tensors
  }
}
