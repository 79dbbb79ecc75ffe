import Tensors

/// The part of each node's result that is read: so many rows and columns, from the first on.
///
/// A valid 2×2 pooling of 11×11 values reads 10×10, so that the convolution before it need not make the rest, and so on
/// up the chain. Some operations take whole images: batch normalization, for its statistics, and others whose random
/// numbers or order in memory depend on the size.
package struct ReadParts {
  /// Rows and columns, by node.
  private let parts: [SIMD2<Int>]

  /// Everything.
  init(wholeOf graph: Graph) { parts = graph.nodes.map(\.shape.size) }

  /// The parts that `graph` reads.
  package init(of graph: Graph) {
    var isWhole = graph.nodes.indices.map { graph.takesWhole($0) }
    var parts = graph.readParts(isWhole)
    while let node = graph.nodes.indices.first(where: { !isWhole[$0] && !graph.fits($0, parts) }) {
      // Others read more of what it takes than it could use: it makes do with the whole.
      isWhole[node] = true
      parts = graph.readParts(isWhole)
    }
    self.parts = parts
  }

  /// The shape of what is read of the result of node `number`, whose own shape is `shape`.
  package func shape(of number: Int, in graph: Graph) -> ImageShape {
    let shape = graph.nodes[number].shape
    guard !shape.isFlat else { return shape }
    return ImageShape(
      height: parts[number].x, width: parts[number].y, channels: shape.channels)
  }
}

extension Graph {
  /// The parts that are read of each node's result, if those that are `isWhole` make all of it.
  fileprivate func readParts(_ isWhole: [Bool]) -> [SIMD2<Int>] {
    var parts = nodes.map { _ in SIMD2<Int>.zero }
    parts[nodes.count - 1] = nodes[nodes.count - 1].shape.size
    for number in nodes.indices.reversed() {
      if isWhole[number] { parts[number] = nodes[number].shape.size }
      for input in nodes[number].inputs {
        parts[input] = pointwiseMax(
          parts[input], read(by: number, for: parts[number], of: input))
      }
    }
    return parts
  }

  /// True if node `number` can make no less than all of its result.
  fileprivate func takesWhole(_ number: Int) -> Bool {
    switch nodes[number].operation {
    case .input, .convolution2D, .pooling2D, .activation, .rescaling, .combination, .concatenation:
      nodes[number].shape.isFlat
    default: true
    }
  }

  /// The part of node `input` that node `number` reads to make `part` of its result.
  private func read(by number: Int, for part: SIMD2<Int>, of input: Int) -> SIMD2<Int> {
    let whole = nodes[input].shape.size
    guard let window = nodes[number].operation.window else {
      return takesWhole(number) ? whole : part
    }
    return pointwiseMin(whole, window.reach(of: part, over: whole))
  }

  /// True if the inputs of node `number` have just the parts from which it makes its own.
  fileprivate func fits(_ number: Int, _ parts: [SIMD2<Int>]) -> Bool {
    nodes[number].inputs.allSatisfy { input in
      let needed = read(by: number, for: parts[number], of: input)
      // Rows that are too few for another window do no harm.
      let room = nodes[number].operation.window.map { $0.strides &- 1 } ?? .zero
      return all(parts[input] .<= needed &+ room)
    }
  }
}

extension Operation {
  /// The window with which it slides over its input, if it does.
  fileprivate var window: Window? {
    switch self {
    case .convolution2D(_, let window, _, _), .pooling2D(_, let window): window
    default: nil
    }
  }
}

extension Window {
  /// The end of the last of `count` windows over an image of `lengths`, from the image's first row and column on.
  func reach(of count: SIMD2<Int>, over lengths: SIMD2<Int>) -> SIMD2<Int> {
    (count &- 1) &* strides &+ extent &- paddingBefore(lengths)
  }
}
