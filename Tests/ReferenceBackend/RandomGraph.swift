import Tensors

/// Draws valid graphs: small images, some operations with branches, all results used, a softmax at the end.
///
/// None has upsampling or alpha dropout: these make equal values, of which a normalization leaves roundings, and a ReLU
/// behind it decides by them.
package struct RandomGraph {
  package private(set) var graph: Graph
  private let stream: RandomStream
  private var drawn = 0

  /// The graph of that number.
  package init(number: Int) {
    stream = RandomStream(seed: 1, purpose: .syntheticImage, layer: number)
    graph = Graph(
      input: ImageShape(height: 1, width: 1, channels: 1), loss: PlainCrossentropy())
    let shape = ImageShape(
      height: draw(1...7), width: draw(1...7), channels: pick([1, 2, 3, 5, 8, 17]))
    graph = Graph(input: shape, loss: PlainCrossentropy())
    for _ in 0..<draw(2...9) { addOperation() }
    joinLooseEnds()
    add(.dense(units: draw(2...6), useBias: true), [graph.nodes.count - 1])
    add(.activation(.softmax), [graph.nodes.count - 1])
  }

  /// Its parameters, none of which are all zeros or ones: at a result of exactly 0 many functions have a corner.
  package var parameters: NamedTensors {
    var tensors = graph.initialParameters(seed: 3)
    for (index, entry) in graph.parameters.enumerated() where entry.parameter.role != .kernel {
      let stream = RandomStream(seed: 9, purpose: .initialization, layer: index)
      for element in 0..<entry.parameter.count {
        tensors.entries[index].tensor.values[element] += stream.uniform(element) - 0.5
      }
    }
    return tensors
  }

  private mutating func draw(_ range: ClosedRange<Int>) -> Int {
    drawn += 1
    return range.lowerBound + Int(stream.bits(drawn)) % range.count
  }

  private mutating func pick<Item>(_ items: [Item]) -> Item { items[draw(0...items.count - 1)] }

  private mutating func add(_ operation: Operation, _ inputs: [Int]) {
    graph.append(operation, layer: "node\(graph.nodes.count)", inputs: inputs)
  }

  /// One operation that some result, mostly the last, can be put into.
  private mutating func addOperation() {
    let last = graph.nodes.count - 1
    let input = draw(0...2) == 0 ? draw(0...last) : last
    let shape = graph.nodes[input].shape
    let peers = graph.nodes.indices.filter { graph.nodes[$0].shape == shape }
    switch draw(0...3) {
    case 0 where peers.count > 1:
      let others = (0..<draw(1...2)).map { _ in pick(peers) }
      // Products of products would leave the range in which float32 can be held against Double.
      add(.combination(pick([.add, .average, .maximum])), [input] + others)
    case 0 where shape.channels < 40:
      let fitting = graph.nodes.indices.filter {
        let other = graph.nodes[$0].shape
        return other.isFlat == shape.isFlat && other.height == shape.height
          && other.width == shape.width && other.channels < 40
      }
      add(.concatenation, [input, pick(fitting)])
    case 1: add(normalization(of: shape), [input])
    case 2: add(function(of: shape), [input])
    default: add(shape.isFlat ? ofVector(shape) : ofImage(shape), [input])
    }
  }

  private mutating func normalization(of shape: ImageShape) -> Operation {
    let settings = NormalizationSettings(
      epsilon: 0.01, center: draw(0...3) > 0, scale: draw(0...3) > 0)
    let groups = (1...shape.channels).filter { shape.channels % $0 == 0 }
    return pick([
      .batchNormalization(settings, momentum: 0.9),
      .groupNormalization(settings, groups: pick(groups)), .layerNormalization(settings),
    ])
  }

  private mutating func function(of shape: ImageShape) -> Operation {
    pick([
      .activation(.relu), .activation(.leakyReLU(slope: 0.2)), .activation(.elu(alpha: 0.7)),
      .activation(.boundedReLU(maximum: 1)), .activation(.gelu), .activation(.silu),
      .activation(.hardSwish), .activation(.mish), .activation(.softplus),
      .activation(.tanh), .activation(.sigmoid), .rescaling(scale: 0.7, offset: 0.1),
      .dropout(rate: 0.3), .dropout(rate: 0.3, wholeChannels: !shape.isFlat),
      .gaussianDropout(rate: 0.1), .gaussianNoise(deviation: 0.1),
      .prelu(isShared: .init(rows: draw(0...1) == 0, columns: draw(0...1) == 0)),
    ])
  }

  private mutating func ofVector(_ shape: ImageShape) -> Operation {
    guard draw(0...3) == 0 else { return .dense(units: draw(1...20), useBias: draw(0...2) > 0) }
    let heights = (1...shape.channels).filter { shape.channels % $0 == 0 }
    let height = pick(heights)
    return .reshape(
      ImageShape(height: height, width: 1, channels: shape.channels / height))
  }

  private mutating func ofImage(_ shape: ImageShape) -> Operation {
    let window = window(over: shape)
    switch draw(0...7) {
    case 0: return .flatten
    case 1 where shape.elementCount < 300:
      return .zeroPadding2D(
        before: [draw(0...1), draw(0...2)], after: [draw(0...2), draw(0...1)])
    case 2:
      return .pooling2D(
        .max, Window(size: window.size, strides: window.strides, padding: window.padding))
    case 3:
      return .pooling2D(
        .average, Window(size: window.size, strides: window.strides, padding: window.padding))
    default:
      let groups = pick((1...shape.channels).filter { shape.channels % $0 == 0 })
      return .convolution2D(
        filters: groups * draw(1...max(1, 18 / groups)), window: window, groups: groups,
        useBias: draw(0...2) > 0)
    }
  }

  /// A window that fits.
  private mutating func window(over shape: ImageShape) -> Window {
    let isWhole = draw(0...2) == 0
    let limit = isWhole ? pointwiseMin([3, 3], [shape.height, shape.width]) : SIMD2(3, 3)
    let size = SIMD2(draw(1...limit.x), draw(1...limit.y))
    let padding = isWhole ? .valid : pick([.same, explicitPadding(of: size, over: shape)])
    let dilated = Window(size: size, strides: [1, 1], padding: padding, dilation: [2, 2])
    let fits = all(dilated.count(over: [shape.height, shape.width]) .> 0)
    return Window(
      size: size, strides: [draw(1...3), draw(1...3)], padding: padding,
      dilation: fits && draw(0...2) == 0 ? [2, 2] : [1, 1])
  }

  /// A padding narrower than a window of `size`, which then fits.
  private mutating func explicitPadding(
    of size: SIMD2<Int>, over shape: ImageShape
  ) -> Window.Padding {
    let missing = pointwiseMax(size &- [shape.height, shape.width], .zero)
    return .explicit(
      before: [draw(missing.x...size.x - 1), draw(missing.y...size.y - 1)],
      after: [draw(0...size.x - 1), draw(0...size.y - 1)])
  }

  /// Makes one vector of all results that nothing takes.
  private mutating func joinLooseEnds() {
    let used = Set(graph.nodes.flatMap(\.inputs))
    let ends = graph.nodes.indices.filter { !used.contains($0) }
    let vectors = ends.map { end in
      if !graph.nodes[end].shape.isFlat { add(.flatten, [end]) }
      return graph.nodes[end].shape.isFlat ? end : graph.nodes.count - 1
    }
    if vectors.count > 1 { add(.concatenation, vectors) }
    if vectors.count == 1, vectors[0] != graph.nodes.count - 1 { add(.flatten, vectors) }
  }
}
