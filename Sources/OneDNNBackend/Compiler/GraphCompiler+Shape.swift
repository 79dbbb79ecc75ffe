import Tensors

/// Operations that only move values.
extension GraphCompiler {
  /// Nothing needs to move: dense layers take images in any layout.
  func emitFlatten(_ number: Int) -> BackwardEmitter {
    let input = graph.nodes[number].inputs[0]
    let value = value(of: input)
    setValue(of: number, to: value.buffer, as: value.shape)
    return { [self] in giveGradient(of: input, in: gradient(of: number)) }
  }

  func emitReshape(_ number: Int) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let source = try plain(input)
    let result = buffer(try .plain(node.shape, count: laneSize), viewOf: source)
    let count = layout(result).floatCount
    setValue(of: number, to: result, as: node.shape)
    return { [self] in
      let gradient = gradient(of: number)
      try addPlainGradient(of: input) { target in
        backward.append([.buffer(target), .buffer(gradient)]) { floats, _ in
          Elementwise.copy(floats[1], to: floats[0], count: count)
        }
      }
    }
  }

  /// Rows of the image are copied into the middle of a larger one, whose border nobody writes to.
  func emitZeroPadding(_ number: Int, before: SIMD2<Int>) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let inner = graph.nodes[input].shape
    let outer = node.shape
    let source = try plain(input)
    let result = buffer(try .plain(outer, count: laneSize), isExclusive: true)
    setValue(of: number, to: result, as: outer)
    let length = inner.width * inner.channels
    let laneSize = laneSize
    /// Calls `body` with where a row starts in the larger and in the smaller image.
    let forEachRow: @Sendable ((Int, Int) -> Void) -> Void = { body in
      for image in 0..<laneSize {
        for row in 0..<inner.height {
          let start = (image * outer.height + row + before.x) * outer.width + before.y
          body(start * outer.channels, (image * inner.height + row) * length)
        }
      }
    }
    forward.append([.buffer(result), .buffer(source)]) { floats, _ in
      forEachRow { Elementwise.copy(floats[1] + $1, to: floats[0] + $0, count: length) }
    }
    return { [self] in
      let gradient = gradient(of: number)
      try addPlainGradient(of: input) { target in
        backward.append([.buffer(gradient), .buffer(target)]) { floats, _ in
          forEachRow { Elementwise.copy(floats[0] + $0, to: floats[1] + $1, count: length) }
        }
      }
    }
  }

  /// Each pixel's channels of all inputs, one after another.
  func emitConcatenation(_ number: Int) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let shape = shape(of: number)
    let result = buffer(try .plain(shape, count: laneSize))
    setValue(of: number, to: result, as: shape)
    let pixels = laneSize * shape.height * shape.width
    let channels = shape.channels
    var start = 0
    var backwardEmitters: [BackwardEmitter] = []
    for input in node.inputs {
      let width = graph.nodes[input].shape.channels
      let first = start
      let source = try plain(input)
      forward.append([.buffer(result), .buffer(source)]) { floats, _ in
        for pixel in 0..<pixels {
          Elementwise.copy(
            floats[1] + pixel * width, to: floats[0] + pixel * channels + first, count: width)
        }
      }
      backwardEmitters.append { [self] in
        guard needsGradient(input) else { return }
        let gradient = gradient(of: number)
        try addPlainGradient(of: input) { target in
          backward.append([.buffer(gradient), .buffer(target)]) { floats, _ in
            for pixel in 0..<pixels {
              Elementwise.copy(
                floats[0] + pixel * channels + first, to: floats[1] + pixel * width, count: width)
            }
          }
        }
      }
      start += width
    }
    return { for emit in backwardEmitters { try emit() } }
  }
}
