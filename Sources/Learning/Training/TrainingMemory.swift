import Tensors

/// About how many bytes a training step takes, from the sizes of the network and of a batch.
///
/// A backend lays out memory as its kernels like it, so this is no more than an estimate: it counts the numbers that are
/// somewhere at the same time, with what was measured of oneDNN with AVX-512 for layouts and working memory.
package struct TrainingMemory: Hashable, Sendable {
  /// Parameters, their gradients, what the optimizer keeps beside them, and a state that is being saved.
  package let parameterBytes: Double
  /// Results and their gradients, for all images that are on their way at the same time, and what kernels work with.
  package let activationBytes: Double

  /// The memory for steps of `batchSize` images, cut into lanes of `laneSize`, on `threads` threads.
  package init(
    _ graph: Graph, rule: any UpdateRule, batchSize: Int, laneSize: Int, threads: Int
  ) {
    // Not integers: sizes that no memory holds would not fit one.
    let number = Double(MemoryLayout<Float>.stride)
    let laneCount = (batchSize + laneSize - 1) / laneSize
    let parameterCount = graph.parameters.reduce(0) { $0 + $1.parameter.count }
    let learned = graph.nodes.flatMap { node in
      node.parameters.filter(\.isLearned).map { (node, $0) }
    }
    let learnedCount = learned.reduce(0) { $0 + $1.1.count }
    // A dense layer's is computed over the whole batch, for all lanes at once.
    let laneCopies = min(laneCount, Self.mostGradients)
    let gradientCount = learned.reduce(0) { sum, entry in
      let (node, parameter) = entry
      let isOverBatch = if case .dense = node.operation { parameter.role == .kernel } else { false }
      return sum + (isOverBatch ? 1 : laneCopies) * parameter.count
    }
    let stateCount = parameterCount + rule.slotCount * learnedCount
    // Once as they are learned, once as kernels read them; a state as tensors, and as the file that they become.
    parameterBytes =
      number * Double(parameterCount + stateCount + gradientCount + 2 * stateCount)
      + number * graph.winogradNumbers.reduce(0) { $0 + 2 * $1.kernel }

    // Lanes that meet for the statistics of the batch are all on their way at once.
    let lanes = graph.gathersStatistics ? max(threads, laneCount) : threads
    activationBytes =
      number
      * (Double(lanes * laneSize) * Double(graph.mostNumbersAtOnce)
        + Double(batchSize) * Double(graph.rowCount))
      + number * Double(threads) * (graph.winogradNumbers.map(\.room).max() ?? 0)
  }

  /// Lanes beyond this number share gradients.
  private static let mostGradients = 64
}

extension Graph {
  /// Channels that vector instructions take at a time: those of an image are filled up to a multiple.
  private static let channelBlock = 16

  /// Numbers that the result of `node` takes for one image, or the gradient of it.
  private func placeCount(of node: Node) -> Int {
    let shape = node.shape
    if case .input = node.operation { return shape.elementCount }
    guard shape.height * shape.width > 1 else { return shape.elementCount }
    return shape.height * shape.width * Self.filledUp(shape.channels)
  }

  /// The channels, filled up to whole blocks.
  private static func filledUp(_ channels: Int) -> Int {
    (channels + channelBlock - 1) / channelBlock * channelBlock
  }

  /// The kernels of exp's own that compute a convolution.
  private enum OwnKernels { case narrow, winograd }

  /// Those that may compute node `number`; `givesBack` says whether its input needs a gradient.
  private func ownKernels(for number: Int, givesBack: Bool) -> OwnKernels? {
    isNarrowConvolution(number, givesBack: givesBack)
      ? .narrow : winogradParts(of: number) == nil ? nil : .winograd
  }

  /// Numbers kept of node `number`'s result for one image; `own` are the kernels for each node up to it.
  private func valueCount(of number: Int, own: [OwnKernels?]) -> Int {
    let node = nodes[number]
    let count = placeCount(of: node)
    switch node.operation {
    case .flatten, .reshape: return 0
    case .convolution2D where own[number] == .narrow:
      // Up to half a block is one of half the size.
      return 2 * node.shape.channels <= Self.channelBlock ? count / 2 : count
    // Kernels for so few channels have an order of their own, beside that in blocks.
    case .convolution2D where node.shape.channels < Self.channelBlock:
      return count + node.shape.elementCount
    // The mask, or the noise, is kept for the way back.
    case .dropout, .gaussianDropout, .gaussianNoise: return 2 * count
    case .alphaDropout: return 3 * count
    case .activation(let function):
      guard let input = node.inputs.first else { return count }
      switch nodes[input].operation {
      case .convolution2D where own[input] != nil:
        return function.isComputedByOwnKernels ? 0 : count
      case .convolution2D, .dense: return function.isComputedInPlace ? 0 : count
      case .batchNormalization: return function == .relu ? 0 : count
      default: return count
      }
    default: return count
    }
  }

  /// The most numbers that are needed at once for one image: on the way back, when a node's gradient becomes those of its
  /// inputs, these gradients, and the results up to the node.
  fileprivate var mostNumbersAtOnce: Int {
    var (results, most) = (0, 0)
    var learns: [Bool] = []
    var own: [OwnKernels?] = []
    for (number, node) in nodes.enumerated() {
      let inputs = node.inputs.filter { learns[$0] }
      own.append(ownKernels(for: number, givesBack: !inputs.isEmpty))
      results += valueCount(of: number, own: own)
      learns.append(!inputs.isEmpty || node.parameters.contains(where: \.isLearned))
      let gradient = learns[learns.count - 1] ? placeCount(of: node) : 0
      let passedOn =
        switch node.operation {
        // Their gradients are computed in the place of those that they come from.
        case .input, .flatten, .dropout, .alphaDropout, .gaussianDropout, .gaussianNoise,
          .batchNormalization,
          .rescaling:
          0
        case .activation(let function) where function != .softmax: 0
        default: inputs.reduce(0) { $0 + placeCount(of: nodes[$1]) }
        }
      most = max(most, results + gradient + passedOn)
    }
    return most
  }

  /// The parts of the kernel of node `number`, if Winograd's algorithm may compute it.
  private func winogradParts(of number: Int) -> Int? {
    let node = nodes[number]
    guard convolution == .winograd, precision == .float32,
      case .convolution2D(_, let window, groups: 1, _) = node.operation,
      let input = node.inputs.first
    else { return nil }
    let source = nodes[input].shape
    let suits = window.suitsWinograd(
      from: source, to: node.shape, paddingBefore: window.paddingBefore(source.size))
    return suits ? window.winogradParts : nil
  }

  /// Numbers that each convolution by Winograd's algorithm takes at its 6×6 points: those of the kernel, and the working
  /// memory of a thread, which holds a block of tiles of input and result, and the kernel's gradient. A block fills a near
  /// cache or, where channels are many, is as large as the kernel.
  fileprivate var winogradNumbers: [(kernel: Double, room: Double)] {
    nodes.indices.compactMap { number in
      guard let parts = winogradParts(of: number) else { return nil }
      let (source, result) = (nodes[nodes[number].inputs[0]].shape, nodes[number].shape)
      let (inputs, outputs) = (parts * source.channels, result.channels)
      let tiles = max((1 << 17) / (36 * (inputs + outputs)), inputs * outputs / (inputs + outputs))
      let (rows, columns) = (parts * Self.filledUp(source.channels), Self.filledUp(outputs))
      let kernel = 36 * rows * columns
      return (Double(kernel), Double(36 * tiles * (rows + columns) + kernel))
    }
  }

  /// True if training takes mean and variance of the whole batch.
  fileprivate var gathersStatistics: Bool {
    nodes.contains { node in
      if case .batchNormalization = node.operation {
        node.parameters.contains(where: \.isTrainable)
      } else {
        false
      }
    }
  }

  /// Numbers that dense layers keep of each image of a whole batch: what goes in, and the gradient of what comes out.
  fileprivate var rowCount: Int {
    nodes.reduce(0) { sum, node in
      guard case .dense(let units, _) = node.operation, let input = node.inputs.first else {
        return sum
      }
      return sum + nodes[input].shape.elementCount + units
    }
  }
}

extension ActivationFunction {
  /// True if a convolution by kernels of exp's own gives it at once.
  fileprivate var isComputedByOwnKernels: Bool {
    switch self {
    case .relu, .leakyReLU, .tanh: true
    case .boundedReLU, .elu, .sigmoid, .softmax, .gelu, .silu, .hardSwish, .mish, .softplus: false
    }
  }

  /// True if its gradient follows from its result, so that a convolution can give it at once.
  fileprivate var isComputedInPlace: Bool {
    switch self {
    case .relu, .boundedReLU, .leakyReLU, .elu, .tanh, .sigmoid: true
    // The loss takes what goes into the last softmax.
    case .softmax: true
    case .gelu, .silu, .hardSwish, .mish, .softplus: false
    }
  }
}
