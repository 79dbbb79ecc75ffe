import Glibc
import Tensors

extension ReferenceNetwork {
  /// Takes a batch forward: as training does, with dropout, noise and the batch's own statistics, or as prediction.
  package func forward(_ batch: Batch, _ parameters: Parameters, learns: Bool) -> Pass {
    var pass = Pass(batch: batch, learns: learns)
    for number in graph.nodes.indices {
      pass.values.append(result(of: number, &pass, parameters))
    }
    return pass
  }

  private func result(of number: Int, _ pass: inout Pass, _ parameters: Parameters) -> Images {
    let node = graph.nodes[number]
    let inputs = node.inputs.map { pass.values[$0] }
    switch node.operation {
    case .input: return images(pass.batch)
    case .flatten, .reshape: return inputs[0]
    case .convolution2D(_, let window, let groups, _):
      return inputs[0].map { convolve($0, node, window, groups, parameters) }
    case .pooling2D(.max, let window): return inputs[0].map { largest($0, node, window) }
    case .pooling2D(.average, let window): return inputs[0].map { mean($0, node, window) }
    case .zeroPadding2D(let before, _):
      return inputs[0].map { input in
        var output = [Double](repeating: 0, count: node.shape.elementCount)
        forEachInside(node, before) { output[$1] = input[$0] }
        return output
      }
    case .cropping2D(let before, _):
      return inputs[0].map { input in
        var output = [Double](repeating: 0, count: node.shape.elementCount)
        forEachKept(node, before) { output[$1] = input[$0] }
        return output
      }
    case .upSampling2D(let size):
      return inputs[0].map { input in
        (0..<node.shape.elementCount).map { input[repeated($0, node, size)] }
      }
    case .dense(let units, _):
      let kernel = values(node, 0, parameters)
      let bias = values(node, 1, parameters)
      return inputs[0].map { input in
        var output = bias.isEmpty ? [Double](repeating: 0, count: units) : bias
        for (row, value) in input.enumerated() {
          for unit in 0..<units { output[unit] += value * kernel[row * units + unit] }
        }
        return output
      }
    case .dropout(let rate, let wholeChannels):
      guard pass.learns else { return inputs[0] }
      let factors = streams(pass.batch, .dropout, number).map { stream in
        numbers(node) { memory in
          let (mask, shape) = (DropoutMask(rate: rate), node.shape)
          if wholeChannels {
            mask.writeWholeChannels(
              to: memory, pixels: shape.height * shape.width, channels: shape.channels, from: stream
            )
          } else {
            mask.write(to: memory, count: shape.elementCount, from: stream)
          }
        }
      }
      pass.factors[number] = factors
      return zip(inputs[0], factors).map { zip($0, $1).map { $0 * $1 } }
    case .alphaDropout(let rate):
      guard pass.learns else { return inputs[0] }
      let (rate, limit) = (Double(rate), -1.758_099_340_847_376_6)
      let scale = pow((1 - rate) * (1 + rate * limit * limit), -0.5)
      let factors = streams(pass.batch, .dropout, number).map { stream in
        numbers(node) {
          DropoutMask(rate: Float(rate)).write(to: $0, count: node.shape.elementCount, from: stream)
        }.map { $0 == 0 ? 0 : scale }
      }
      pass.factors[number] = factors
      return zip(inputs[0], factors).map { input, factors in
        zip(input, factors).map { value, factor in
          (factor == 0 ? limit : value) * scale - scale * rate * limit
        }
      }
    case .gaussianDropout(let rate):
      guard pass.learns else { return inputs[0] }
      let noise = NoiseTerms(mean: 1, deviation: (rate / (1 - rate)).squareRoot())
      let factors = streams(pass.batch, .noise, number).map { stream in
        numbers(node) { noise.write(to: $0, count: node.shape.elementCount, from: stream) }
      }
      pass.factors[number] = factors
      return zip(inputs[0], factors).map { zip($0, $1).map { $0 * $1 } }
    case .gaussianNoise(let deviation):
      guard pass.learns else { return inputs[0] }
      let noise = NoiseTerms(deviation: deviation)
      return zip(inputs[0], streams(pass.batch, .noise, number)).map { input, stream in
        let terms = numbers(node) {
          noise.write(to: $0, count: node.shape.elementCount, from: stream)
        }
        return zip(input, terms).map { $0 + $1 }
      }
    case .rescaling(let scale, let offset):
      return inputs[0].map { $0.map { $0 * Double(scale) + Double(offset) } }
    case .activation(.softmax): return inputs[0].map { softmax($0, node.shape) }
    case .activation(let function): return inputs[0].map { $0.map { value(function, $0) } }
    case .prelu(let isShared):
      let alpha = values(node, 0, parameters)
      return inputs[0].map { input in
        input.indices.map { element in
          let slope = alpha[alphaIndex(element, node.shape, isShared)]
          return input[element] > 0 ? input[element] : slope * input[element]
        }
      }
    case .combination(let combination):
      return inputs[0].indices.map { image in
        inputs[0][image].indices.map { element in
          combined(combination, inputs.map { $0[image][element] })
        }
      }
    case .concatenation:
      return inputs[0].indices.map { image in
        var output = [Double](repeating: 0, count: node.shape.elementCount)
        forEachJoined(node) { output[$2] = inputs[$0][image][$1] }
        return output
      }
    case .batchNormalization, .groupNormalization, .layerNormalization:
      return normalized(inputs[0], node, pass, parameters)
    }
  }

  private func images(_ batch: Batch) -> Images {
    batch.samples.map { sample in
      numbers(graph.nodes[0]) {
        batch.source.writeInput(of: sample, epoch: batch.epoch, to: $0)
      }
    }
  }

  private func streams(
    _ batch: Batch, _ purpose: RandomPurpose, _ node: Int
  ) -> [RandomStream] {
    batch.samples.map {
      RandomStream(
        seed: batch.seed, purpose: purpose, layer: node, epoch: batch.epoch, sample: $0)
    }
  }

  /// As many numbers as the node has for one image, as `write` writes them.
  private func numbers(
    _ node: Graph.Node, _ write: (UnsafeMutablePointer<Float>) -> Void
  ) -> [Double] {
    var numbers = [Float](repeating: 0, count: node.shape.elementCount)
    numbers.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.map(write) }
    return numbers.map(Double.init)
  }
}
