internal import CKernels
import Tensors

/// Results in the order the house uses, for work that is not the library's.
extension GraphCompiler {
  /// A buffer with node `number`'s result in the order the house uses: height, width, channels. It is in that order
  /// from these `calls` on.
  func plain(
    _ number: Int, in calls: ReferenceWritableKeyPath<GraphCompiler, Calls> = \.forward
  ) throws -> Int {
    let value = value(of: number)
    return try reordered(
      value.buffer, to: .plain(value.shape, count: laneSize), for: graph.nodes[number].layer,
      in: calls)
  }

  /// Adds to the gradient of node `number`'s result what `write` puts in plain order into the buffer it is given.
  func addPlainGradient(of number: Int, _ write: (Int) throws -> Void) throws {
    try addGradient(of: number, in: .plain(value(of: number).shape, count: laneSize), write)
  }

  /// A buffer with node `number`'s result as rows of numbers, one row for each image.
  func rows(_ number: Int) throws -> Int {
    let value = value(of: number)
    if value.shape.isFlat { return value.buffer }
    return buffer(try .plain(value.shape.flattened, count: laneSize), viewOf: try plain(number))
  }

  /// Adds to the gradient of node `number`'s result what `write` puts as rows into the buffer it is given.
  func addRowsGradient(of number: Int, _ write: (Int) throws -> Void) throws {
    let shape = value(of: number).shape
    try addPlainGradient(of: number) { plain in
      try write(
        shape.isFlat
          ? plain : buffer(try .plain(shape.flattened, count: laneSize), viewOf: plain))
    }
  }

  /// A buffer with node `number`'s result for work on each value: a vector's as rows, an image's as it lies.
  func operand(_ number: Int) throws -> Int {
    graph.nodes[number].shape.isFlat ? try rows(number) : value(of: number).buffer
  }

  /// A buffer with node `number`'s result for work on each channel, and how it lies there.
  func channelwise(_ number: Int) throws -> (buffer: Int, lying: exp_activations) {
    try channelwise(number, operand(number), in: \.forward)
  }

  /// Likewise, with what is in `buffer`, which is of node `number`'s shape.
  func channelwise(
    _ number: Int, _ buffer: Int, in calls: ReferenceWritableKeyPath<GraphCompiler, Calls>
  ) throws -> (buffer: Int, lying: exp_activations) {
    let shape = shape(of: number)
    if let lying = layout(buffer).activations(shape, count: laneSize) { return (buffer, lying) }
    let source = try reordered(
      buffer, to: .plain(shape, count: laneSize), for: graph.nodes[number].layer, in: calls)
    guard let lying = layout(source).activations(shape, count: laneSize) else {
      preconditionFailure("plain order is one of those that are known")
    }
    return (source, lying)
  }

  /// Adds to the gradient of node `number`'s result what `write` puts into the buffer it is given: a vector's as rows,
  /// an image's in `layout`.
  func addOperandGradient(
    of number: Int, in layout: Layout, _ write: (Int) throws -> Void
  ) throws {
    if graph.nodes[number].shape.isFlat {
      try addRowsGradient(of: number, write)
    } else {
      try addGradient(of: number, in: layout, write)
    }
  }

  /// Adds what is in `buffer`, which lies as an operand in `layout` does, to the gradient of node `number`'s result.
  func giveOperandGradient(of number: Int, in buffer: Int) throws {
    if layout(buffer) == layout(value(of: number).buffer) {
      return giveGradient(of: number, in: buffer)
    }
    let count = layout(buffer).floatCount
    try addOperandGradient(of: number, in: layout(buffer)) { target in
      backward.append(
        [.buffer(target), .buffer(buffer)]
      ) { floats, _ in
        Elementwise.copy(floats[1], to: floats[0], count: count)
      }
    }
  }
}
