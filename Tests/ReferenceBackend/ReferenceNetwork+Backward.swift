import Tensors

extension ReferenceNetwork {
  /// Gradients of the mean loss, without regularizers, by every parameter; zeros for statistics.
  package func backward(_ pass: Pass, _ parameters: Parameters) -> Parameters {
    var gradients = parameters.mapValues { [Double](repeating: 0, count: $0.count) }
    let count = pass.batch.samples.count
    var upstream = graph.nodes.map { node in
      Images(repeating: [Double](repeating: 0, count: node.shape.elementCount), count: count)
    }
    upstream[graph.nodes.count - 1] = zip(losses(pass), pass.probabilities).map { loss, outputs in
      zip(loss.slopes, outputs).map { $0 / $1 / Double(count) }
    }
    for (number, node) in graph.nodes.enumerated().reversed() where !node.inputs.isEmpty {
      let parts = inputGradients(number, upstream[number], pass, parameters, &gradients)
      // A node that several others take gets the sum of what they say.
      for (input, part) in zip(node.inputs, parts) {
        upstream[input] = zip(upstream[input], part).map { zip($0, $1).map { $0 + $1 } }
      }
    }
    return gradients
  }

  /// Gradients by each input of a node, given those by its result; those by its parameters are added.
  private func inputGradients(
    _ number: Int, _ upstream: Images, _ pass: Pass, _ parameters: Parameters,
    _ gradients: inout Parameters
  ) -> [Images] {
    let node = graph.nodes[number]
    let inputs = node.inputs.map { pass.values[$0] }
    let outputs = pass.values[number]
    switch node.operation {
    case .input: return []
    case .flatten, .reshape, .gaussianNoise: return [upstream]
    case .convolution2D(_, let window, let groups, _):
      return [
        convolutionGradients(inputs[0], upstream, node, window, groups, parameters, &gradients)
      ]
    case .pooling2D(let pooling, let window):
      return [
        inputs[0].indices.map { image in
          poolingGradients(
            inputs[0][image], outputs[image], upstream[image], node, pooling, window)
        }
      ]
    case .zeroPadding2D(let before, _):
      return [
        zip(inputs[0], upstream).map { input, upstream in
          var gradient = input
          forEachInside(node, before) { gradient[$0] = upstream[$1] }
          return gradient
        }
      ]
    case .cropping2D(let before, _):
      return [
        zip(inputs[0], upstream).map { input, upstream in
          var gradient = [Double](repeating: 0, count: input.count)
          forEachKept(node, before) { gradient[$0] = upstream[$1] }
          return gradient
        }
      ]
    case .upSampling2D(let size):
      return [
        zip(inputs[0], upstream).map { input, upstream in
          var gradient = [Double](repeating: 0, count: input.count)
          for element in upstream.indices {
            gradient[repeated(element, node, size)] += upstream[element]
          }
          return gradient
        }
      ]
    case .dense(let units, _):
      return [denseGradients(inputs[0], upstream, node, units, parameters, &gradients)]
    case .dropout, .alphaDropout, .gaussianDropout:
      guard let factors = pass.factors[number] else { return [upstream] }
      return [zip(upstream, factors).map { zip($0, $1).map { $0 * $1 } }]
    case .rescaling(let scale, _): return [upstream.map { $0.map { $0 * Double(scale) } }]
    case .activation(.softmax):
      return [zip(outputs, upstream).map { softmaxGradients($0, $1, node.shape) }]
    case .activation(let function):
      return [
        zip(inputs[0], upstream).map { zip($0, $1).map { slope(function, $0) * $1 } }
      ]
    case .prelu(let isShared):
      return [preluGradients(inputs[0], upstream, node, isShared, parameters, &gradients)]
    case .combination(let combination):
      var parts = inputs
      for (image, gradient) in upstream.enumerated() {
        for element in gradient.indices {
          let slopes = slopes(combination, inputs.map { $0[image][element] })
          for (input, slope) in slopes.enumerated() {
            parts[input][image][element] = slope * gradient[element]
          }
        }
      }
      return parts
    case .concatenation:
      var parts = inputs
      for (image, gradient) in upstream.enumerated() {
        forEachJoined(node) { parts[$0][image][$1] = gradient[$2] }
      }
      return parts
    case .batchNormalization, .groupNormalization, .layerNormalization:
      return [normalizationGradients(inputs[0], upstream, node, pass, parameters, &gradients)]
    }
  }

  private func denseGradients(
    _ inputs: Images, _ upstream: Images, _ node: Graph.Node, _ units: Int,
    _ parameters: Parameters, _ gradients: inout Parameters
  ) -> Images {
    let kernel = values(node, 0, parameters)
    var kernelGradient = kernel.map { _ in 0.0 }
    let result = zip(inputs, upstream).map { input, upstream in
      input.indices.map { row in
        var sum = 0.0
        for unit in 0..<units {
          sum += upstream[unit] * kernel[row * units + unit]
          kernelGradient[row * units + unit] += upstream[unit] * input[row]
        }
        return sum
      }
    }
    add(kernelGradient, node, 0, to: &gradients)
    for gradient in upstream { add(gradient, node, 1, to: &gradients) }
    return result
  }

  private func preluGradients(
    _ inputs: Images, _ upstream: Images, _ node: Graph.Node, _ isShared: Operation.SharedAxes,
    _ parameters: Parameters, _ gradients: inout Parameters
  ) -> Images {
    let alpha = values(node, 0, parameters)
    var alphaGradient = alpha.map { _ in 0.0 }
    let result = zip(inputs, upstream).map { input, upstream in
      input.indices.map { element in
        guard input[element] <= 0 else { return upstream[element] }
        let place = alphaIndex(element, node.shape, isShared)
        alphaGradient[place] += upstream[element] * input[element]
        return upstream[element] * alpha[place]
      }
    }
    add(alphaGradient, node, 0, to: &gradients)
    return result
  }
}
