import Diagnostics
import Specs
import Tensors

/// A layer as a spec declares it: its fields, and how it becomes operations.
///
/// Sizes have upper bounds far above anything useful, so that counts of parameters and operations fit an `Int`.
package protocol LayerSpec: Spec {
  /// Adds the layer's operations after node `input`, under `name`, and returns the number of the last one.
  ///
  /// Throws if the layer does not take an input of that shape.
  func add(to graph: inout Graph, name: String, after input: Int) throws(LayerError) -> Int
}

extension LayerSpec {
  package static var otherKeys: OtherNames {
    [
      "units": ["out_features", "neurons", "size"],
      "filters": ["out_channels", "channels"],
      "kernel_size": ["kernel", "kernel_shape", "size"],
      "pool_size": ["pool", "size"],
      "size": ["scale_factor"],
      "rate": ["p", "prob", "probability"],
      "epsilon": ["eps"],
      "use_bias": ["bias"],
      "dilation_rate": ["dilation"],
      "groups": ["num_groups"],
      "stddev": ["std", "deviation", "sigma", "noise"],
      "negative_slope": ["alpha", "slope"],
      "target_shape": ["shape"],
      "kernel_initializer": ["initializer", "init"],
      "kernel_regularizer": ["regularizer"],
      "depth_multiplier": ["channel_multiplier"],
      "momentum": ["decay"],
    ]
  }

  package static var foreignKeys: [String: String] {
    let shape = "the input's shape comes from the data"
    let later = "exp does not have this yet"
    return [
      "input_shape": shape, "input_dim": shape, "input_size": shape, "batch_input_shape": shape,
      "in_channels": shape, "in_features": shape, "input_channels": shape, "data_format": shape,
      "num_classes": "the number of classes comes from the data",
      "activity_regularizer": later, "gamma_constraint": later, "beta_constraint": later,
      "alpha_constraint": later,
    ]
  }
}

/// A layer that makes one result of two inputs or more.
package protocol MergingLayer: LayerSpec {
  /// Adds the layer's operations after nodes `inputs`, under `name`, and returns the number of the last one.
  ///
  /// Throws if the layer does not take inputs of these shapes.
  func add(to graph: inout Graph, name: String, merging inputs: [Int]) throws(LayerError) -> Int
}

extension MergingLayer {
  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    throw LayerError(
      "'\(Self.type)' takes two inputs or more",
      hint: "name them: 'inputs: [a, b]'; 'name: a' gives a layer a name")
  }
}

/// The reason why a layer does not take its input. The builder adds the lines of the layer and of the input.
package struct LayerError: Error {
  package let message: String
  package let hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

extension LayerSpec {
  /// Throws unless node `input` gives images with height and width.
  func needImage(_ graph: Graph, _ input: Int) throws(LayerError) {
    let shape = graph.nodes[input].shape
    guard shape.isFlat else { return }
    throw LayerError(
      "'\(Self.type)' needs an image (height×width×channels), got a vector of \(shape)",
      hint: "put it before the layer that makes a vector")
  }

  /// Throws unless `window` fits into the image that node `input` gives at least once, and everywhere sees a part of it.
  func needFit(_ window: Window, _ graph: Graph, _ input: Int) throws(LayerError) {
    let shape = graph.nodes[input].shape
    if case .explicit(let before, let after) = window.padding,
      any(pointwiseMax(before, after) .>= window.extent)
    {
      throw LayerError(
        "the padding of '\(Self.type)' is as wide as its \(window.extent.x)×\(window.extent.y) window, "
          + "which would see nothing of the image at the border",
        hint: "'padding' must be smaller than the window; 'zero_padding2d' adds as much as you like"
      )
    }
    let count = window.count(over: SIMD2(shape.height, shape.width))
    guard count.x < 1 || count.y < 1 else { return }
    throw LayerError(
      "the \(window.extent.x)×\(window.extent.y) window of '\(Self.type)' is larger than its input, \(shape)",
      hint: "use a smaller window, 'padding: same', or fewer layers that shrink the image before it"
    )
  }

  /// Throws unless the channels that node `input` gives can be cut into `groups` equal parts.
  func needGroups(_ groups: Int, _ graph: Graph, _ input: Int) throws(LayerError) {
    let channels = graph.nodes[input].shape.channels
    guard channels % groups != 0 else { return }
    let divisors = (1...max(1, min(channels, groups))).filter { channels % $0 == 0 }
    throw LayerError(
      "'\(Self.type)' cannot cut \(channels) channels into \(groups) equal groups",
      hint: "'groups' must divide the channels; the next number that does is \(divisors.last ?? 1)")
  }
}

extension MergingLayer {
  /// Nodes with the results of `inputs` in one shape: where some are images, one number for each of their channels, as a
  /// vector or a 1×1 image, is repeated for all pixels, as in Keras. Throws if there is no such shape.
  func repeatedForPixels(
    _ graph: inout Graph, _ name: String, _ inputs: [Int]
  ) throws(LayerError) -> [Int] {
    let shapes = inputs.map { graph.nodes[$0].shape }
    let images = shapes.filter { !$0.isFlat }
    guard let whole = images.max(by: { $0.height * $0.width < $1.height * $1.width }) else {
      try needOneShape(graph, inputs)
      return inputs
    }
    let pixel = ImageShape(height: 1, width: 1, channels: whole.channels)
    guard
      shapes.allSatisfy({ [whole, pixel, ImageShape(flat: whole.channels)].contains($0) })
    else {
      throw LayerError(
        "'\(Self.type)' needs inputs of one shape, got \(shapes.text)",
        hint:
          "only one number for each channel is repeated, as a vector or a 1×1 image; a 1×1 convolution changes the "
          + "channels, strides or pooling the size")
    }
    return inputs.map { input in
      var node = input
      if graph.nodes[node].shape.isFlat {
        node = graph.append(.reshape(pixel), layer: name, input: node)
      }
      if graph.nodes[node].shape != whole {
        node = graph.append(
          .upSampling2D(size: [whole.height, whole.width]), layer: name, input: node)
      }
      return node
    }
  }

  /// Throws unless nodes `inputs` give results of one shape.
  func needOneShape(_ graph: Graph, _ inputs: [Int]) throws(LayerError) {
    let shapes = inputs.map { graph.nodes[$0].shape }
    guard shapes.contains(where: { $0 != shapes[0] }) else { return }
    throw LayerError(
      "'\(Self.type)' needs inputs of one shape, got \(shapes.text)",
      hint: shapes.contains(where: \.isFlat)
        ? "nothing is repeated to fit; 'flatten' makes a vector, and 'dense' one of another length"
        : "nothing is repeated to fit; a 1×1 convolution changes the channels, strides or pooling "
          + "the size")
  }
}

extension [ImageShape] {
  /// `5×5×8 and 5×5×16`
  var text: String { map(\.description).joined(separator: " and ") }
}

extension Pair {
  /// As (height, width).
  var vector: SIMD2<Int> { SIMD2(height, width) }
}

extension Graph {
  /// Adds `activation`, if there is one, after node `input`, and returns the number of the last node.
  mutating func append(
    _ activation: OneOf<ActivationCatalog>?, layer: String, input: Int
  ) throws(LayerError) -> Int {
    guard let activation else { return input }
    return try activation.value.add(to: &self, name: layer, after: input)
  }

  /// Adds a pooling over the whole image that node `input` gives.
  mutating func appendGlobalPooling(
    _ pooling: Operation.Pooling, layer: String, input: Int, isFlat: Bool
  ) -> Int {
    let size = SIMD2(nodes[input].shape.height, nodes[input].shape.width)
    let node = append(
      .pooling2D(pooling, Window(size: size, strides: size, padding: .valid)), layer: layer,
      input: input)
    return isFlat ? append(.flatten, layer: layer, input: node) : node
  }
}
