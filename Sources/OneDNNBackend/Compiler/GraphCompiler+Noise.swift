internal import COneDNN
import Tensors

extension GraphCompiler {
  func emitDropout(
    _ number: Int, rate: Float, wholeChannels: Bool
  ) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let mask = DropoutMask(rate: rate)
    let shape = node.shape
    let factors = try emitDraw(number, .dropout) { floats, count, stream in
      if wholeChannels {
        mask.writeWholeChannels(
          to: floats, pixels: shape.height * shape.width, channels: shape.channels, from: stream)
      } else {
        mask.write(to: floats, count: count, from: stream)
      }
    }
    return emitFactors(number, factors)
  }

  func emitGaussianDropout(_ number: Int, rate: Float) throws -> BackwardEmitter {
    let noise = NoiseTerms(dropoutRate: rate)
    return emitFactors(
      number, try emitDraw(number, .noise) { noise.write(to: $0, count: $1, from: $2) })
  }

  func emitAlphaDropout(_ number: Int, rate: Float) throws -> BackwardEmitter {
    let dropout = AlphaDropoutTerms(rate: rate)
    let factors = try emitDraw(number, .dropout) {
      dropout.writeFactors(to: $0, count: $1, from: $2)
    }
    let terms = try emitDraw(number, .dropout) { dropout.writeTerms(to: $0, count: $1, from: $2) }
    let emitBackward = emitFactors(number, factors)
    let count = layout(terms).floatCount
    forward.append(
      [.buffer(value(of: number).buffer), .buffer(terms)], isForTrainingOnly: true
    ) { floats, _ in
      Elementwise.add(floats[1], to: floats[0], count: count)
    }
    return emitBackward
  }

  /// Emits the product with `factors`, in training, and that of its gradient.
  private func emitFactors(_ number: Int, _ factors: Int) -> BackwardEmitter {
    let count = layout(factors).floatCount
    emitTrainingOnly(number, factors) {
      Elementwise.multiply($0, by: $1, count: count)
    }
    return { [self] in
      let gradient = changeableGradient(of: number)
      backward.append([.buffer(gradient), .buffer(factors)]) { floats, _ in
        Elementwise.multiply(floats[0], by: floats[1], count: count)
      }
      giveGradient(of: graph.nodes[number].inputs[0], in: gradient)
    }
  }

  func emitNoise(_ number: Int, deviation: Float) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let noise = NoiseTerms(deviation: deviation)
    let noises = try emitDraw(number, .noise) { noise.write(to: $0, count: $1, from: $2) }
    let count = layout(noises).floatCount
    emitTrainingOnly(number, noises) { Elementwise.add($1, to: $0, count: count) }
    return { [self] in giveGradient(of: node.inputs[0], in: gradient(of: number)) }
  }

  /// Emits the drawing of random numbers for each value of node `number`'s input, and returns the buffer they are in,
  /// which lies as that input does. `draw` writes so many of one sample, in plain order, from its stream.
  private func emitDraw(
    _ number: Int, _ purpose: RandomPurpose,
    _ draw: @escaping @Sendable (UnsafeMutablePointer<Float>, Int, RandomStream) -> Void
  ) throws -> Int {
    let node = graph.nodes[number]
    let input = value(of: node.inputs[0])
    let elementCount = node.shape.elementCount
    let plain = buffer(try .plain(input.shape, count: laneSize))
    let laneSize = laneSize
    forward.append([.buffer(plain)], isForTrainingOnly: true) { floats, lane in
      for (position, sample) in lane.samples.enumerated() {
        draw(
          floats[0] + position * elementCount, elementCount,
          lane.stream(purpose, node: number, sample: sample))
      }
      // Old contents might not be finite, and the images that fill up a lane must not spread them.
      let filled = lane.samples.count * elementCount
      (floats[0] + filled).update(repeating: 0, count: laneSize * elementCount - filled)
    }
    if layout(plain) == layout(input.buffer) { return plain }
    let numbers = buffer(layout(input.buffer))
    try reorder(plain, into: numbers, for: node.layer, in: &forward, isForTrainingOnly: true)
    return numbers
  }

  /// Emits node `number`: a copy of its input, changed in training by `change` with what is in `numbers`.
  private func emitTrainingOnly(
    _ number: Int, _ numbers: Int,
    _ change: @escaping @Sendable (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let node = graph.nodes[number]
    let input = value(of: node.inputs[0])
    let destination = buffer(layout(input.buffer))
    let count = layout(destination).floatCount
    setValue(of: number, to: destination, as: input.shape)
    forward.append([.buffer(destination), .buffer(input.buffer)]) { floats, _ in
      Elementwise.copy(floats[1], to: floats[0], count: count)
    }
    forward.append(
      [.buffer(destination), .buffer(numbers)], isForTrainingOnly: true
    ) { floats, _ in
      change(floats[0], floats[1])
    }
  }
}
