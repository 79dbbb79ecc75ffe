import Tensors

/// Convolutions and poolings of one image at a time.
extension ReferenceNetwork {
  func convolve(
    _ input: [Double], _ node: Graph.Node, _ window: Window, _ groups: Int,
    _ parameters: Parameters
  ) -> [Double] {
    let kernel = values(node, 0, parameters)
    let bias = values(node, 1, parameters)
    var output = (0..<node.shape.elementCount).map { element in
      bias.isEmpty ? 0 : bias[element % bias.count]
    }
    forEachProduct(node, window, groups) { source, weight, target in
      output[target] += input[source] * kernel[weight]
    }
    return output
  }

  func convolutionGradients(
    _ inputs: Images, _ upstream: Images, _ node: Graph.Node, _ window: Window, _ groups: Int,
    _ parameters: Parameters, _ gradients: inout Parameters
  ) -> Images {
    let kernel = values(node, 0, parameters)
    var kernelGradient = kernel.map { _ in 0.0 }
    var biasGradient = [Double](repeating: 0, count: node.shape.channels)
    let result = zip(inputs, upstream).map { input, upstream in
      var gradient = input.map { _ in 0.0 }
      forEachProduct(node, window, groups) { source, weight, target in
        gradient[source] += upstream[target] * kernel[weight]
        kernelGradient[weight] += upstream[target] * input[source]
      }
      for (element, value) in upstream.enumerated() {
        biasGradient[element % biasGradient.count] += value
      }
      return gradient
    }
    add(kernelGradient, node, 0, to: &gradients)
    add(biasGradient, node, 1, to: &gradients)
    return result
  }

  func largest(_ input: [Double], _ node: Graph.Node, _ window: Window) -> [Double] {
    var output = [Double](repeating: -.infinity, count: node.shape.elementCount)
    forEachPooled(node, window) { source, target in
      output[target] = max(output[target], input[source])
    }
    return output
  }

  func mean(_ input: [Double], _ node: Graph.Node, _ window: Window) -> [Double] {
    var sums = [Double](repeating: 0, count: node.shape.elementCount)
    forEachPooled(node, window) { source, target in sums[target] += input[source] }
    return zip(sums, counts(node, window)).map { $0 / $1 }
  }

  func poolingGradients(
    _ input: [Double], _ output: [Double], _ upstream: [Double], _ node: Graph.Node,
    _ pooling: Operation.Pooling, _ window: Window
  ) -> [Double] {
    var gradient = input.map { _ in 0.0 }
    switch pooling {
    case .max:
      // The first of equal values gets the gradient.
      var taken = Set<Int>()
      forEachPooled(node, window) { source, target in
        guard input[source] == output[target], taken.insert(target).inserted else { return }
        gradient[source] += upstream[target]
      }
    case .average:
      let counts = counts(node, window)
      forEachPooled(node, window) { source, target in
        gradient[source] += upstream[target] / counts[target]
      }
    }
    return gradient
  }

  /// How many values of the image each value of the result was made of.
  private func counts(_ node: Graph.Node, _ window: Window) -> [Double] {
    var counts = [Double](repeating: 0, count: node.shape.elementCount)
    forEachPooled(node, window) { _, target in counts[target] += 1 }
    return counts
  }

  /// Calls `body` with (index in the input, index in the kernel, index in the output) of each product.
  private func forEachProduct(
    _ node: Graph.Node, _ window: Window, _ groups: Int, _ body: (Int, Int, Int) -> Void
  ) {
    let channels = graph.nodes[node.inputs[0]].shape.channels
    let filters = node.shape.channels
    let (channelsEach, filtersEach) = (channels / groups, filters / groups)
    forEachWindowPixel(node, window) { row, column, source, target in
      for channel in 0..<channelsEach {
        let place = (row * window.size.y + column) * channelsEach + channel
        for filter in 0..<filters {
          let from = filter / filtersEach * channelsEach + channel
          body(source * channels + from, place * filters + filter, target * filters + filter)
        }
      }
    }
  }

  /// Calls `body` with (index in the input, index in the output) of each value in each window.
  func forEachPooled(_ node: Graph.Node, _ window: Window, _ body: (Int, Int) -> Void) {
    let channels = node.shape.channels
    forEachWindowPixel(node, window) { _, _, source, target in
      for channel in 0..<channels { body(source * channels + channel, target * channels + channel) }
    }
  }

  /// Calls `body` with (row and column in the window, pixel of the input, pixel of the output).
  private func forEachWindowPixel(
    _ node: Graph.Node, _ window: Window, _ body: (Int, Int, Int, Int) -> Void
  ) {
    let input = graph.nodes[node.inputs[0]].shape
    let before = window.paddingBefore(SIMD2(input.height, input.width))
    for top in 0..<node.shape.height {
      for left in 0..<node.shape.width {
        for row in 0..<window.size.x {
          for column in 0..<window.size.y {
            let y = top * window.strides.x + row * window.dilation.x - before.x
            let x = left * window.strides.y + column * window.dilation.y - before.y
            guard 0..<input.height ~= y, 0..<input.width ~= x else { continue }
            body(row, column, y * input.width + x, top * node.shape.width + left)
          }
        }
      }
    }
  }
}
