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
    let rows = InnerRows(of: inner, in: outer, before: before, images: laneSize)
    forward.append([.buffer(result), .buffer(source)]) { floats, _ in
      rows.put(floats[1], into: floats[0])
    }
    return { [self] in
      let gradient = gradient(of: number)
      try addPlainGradient(of: input) { target in
        backward.append([.buffer(gradient), .buffer(target)]) { floats, _ in
          rows.take(from: floats[0], to: floats[1])
        }
      }
    }
  }

  /// Rows are copied out of the middle of the image; those around them have no gradient.
  func emitCropping(_ number: Int, before: SIMD2<Int>) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let source = try plain(input)
    let result = buffer(try .plain(node.shape, count: laneSize))
    setValue(of: number, to: result, as: node.shape)
    let rows = InnerRows(
      of: node.shape, in: graph.nodes[input].shape, before: before, images: laneSize)
    forward.append([.buffer(source), .buffer(result)]) { floats, _ in
      rows.take(from: floats[0], to: floats[1])
    }
    return { [self] in
      let gradient = gradient(of: number)
      try addPlainGradient(of: input) { target in
        let count = layout(target).floatCount
        backward.append([.buffer(target), .buffer(gradient)]) { floats, _ in
          floats[0].update(repeating: 0, count: count)
          rows.put(floats[1], into: floats[0])
        }
      }
    }
  }

  /// Each pixel is copied to all places of its window, whose gradients are its own one's terms.
  func emitUpSampling(_ number: Int, _ size: SIMD2<Int>) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let shape = graph.nodes[input].shape
    let source = try plain(input)
    let result = buffer(try .plain(node.shape, count: laneSize))
    setValue(of: number, to: result, as: node.shape)
    let (rows, channels) = (laneSize * shape.height, shape.channels)
    let (length, longLength) = (shape.width * channels, node.shape.width * channels)
    forward.append([.buffer(source), .buffer(result)]) { floats, _ in
      for row in 0..<rows {
        let first = floats[1] + row * size.x * longLength
        for column in 0..<shape.width {
          for place in column * size.y..<(column + 1) * size.y {
            Elementwise.copy(
              floats[0] + row * length + column * channels, to: first + place * channels,
              count: channels)
          }
        }
        for copy in 1..<size.x {
          Elementwise.copy(first, to: first + copy * longLength, count: longLength)
        }
      }
    }
    return { [self] in
      let gradient = gradient(of: number)
      try addPlainGradient(of: input) { target in
        backward.append([.buffer(target), .buffer(gradient)]) { floats, _ in
          floats[0].update(repeating: 0, count: rows * length)
          for longRow in 0..<rows * size.x {
            for place in 0..<node.shape.width {
              let pixel = longRow / size.x * length + place / size.y * channels
              Elementwise.add(
                floats[1] + longRow * longLength + place * channels, to: floats[0] + pixel,
                count: channels)
            }
          }
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

/// The rows of smaller images that lie within larger ones, all in plain order.
private struct InnerRows: Sendable {
  private let inner: ImageShape
  private let outer: ImageShape
  private let before: SIMD2<Int>
  private let images: Int

  /// Those of `images` images of shape `inner`, each `before` rows and columns from the start of one of shape `outer`.
  init(of inner: ImageShape, in outer: ImageShape, before: SIMD2<Int>, images: Int) {
    self.inner = inner
    self.outer = outer
    self.before = before
    self.images = images
  }

  /// Copies the smaller images into the larger ones, whose borders stay as they are.
  func put(_ smaller: UnsafePointer<Float>, into larger: UnsafeMutablePointer<Float>) {
    visit { Elementwise.copy(smaller + $1, to: larger + $0, count: length) }
  }

  /// Copies the smaller images out of the larger ones.
  func take(from larger: UnsafePointer<Float>, to smaller: UnsafeMutablePointer<Float>) {
    visit { Elementwise.copy(larger + $0, to: smaller + $1, count: length) }
  }

  /// The numbers of a row.
  private var length: Int { inner.width * inner.channels }

  /// Calls `body` with where each row starts in the larger and in the smaller image.
  private func visit(_ body: (Int, Int) -> Void) {
    for image in 0..<images {
      for row in 0..<inner.height {
        let start = (image * outer.height + row + before.x) * outer.width + before.y
        body(start * outer.channels, (image * inner.height + row) * length)
      }
    }
  }
}
