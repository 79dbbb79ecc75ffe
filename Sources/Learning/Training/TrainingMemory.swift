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
    let learned = graph.parameters.map(\.parameter).filter(\.isLearned)
    let learnedCount = learned.reduce(0) { $0 + $1.count }
    // A dense layer's is computed over the whole batch, for all lanes at once.
    let laneCopies = min(laneCount, Self.mostGradients)
    let gradientCount = learned.reduce(0) {
      $0 + ($1.role == .kernel && $1.shape.count == 2 ? 1 : laneCopies) * $1.count
    }
    let stateCount = parameterCount + rule.slotCount * learnedCount
    // Once as they are learned, once as kernels read them; a state as tensors, and as the file that they become.
    parameterBytes =
      number * Double(parameterCount + stateCount + gradientCount + 2 * stateCount)
      + number * graph.winogradKernels.reduce(0) { $0 + 2 * $1 }

    // Lanes that meet for the statistics of the batch are all on their way at once.
    let lanes = graph.gathersStatistics ? max(threads, laneCount) : threads
    activationBytes =
      number
      * (Double(lanes * laneSize) * Double(graph.mostNumbersAtOnce)
        + Double(batchSize) * Double(graph.rowCount))
      + number * Double(threads) * Self.winogradNumbers(graph.winogradKernels)
  }

  /// Lanes beyond this number share gradients.
  private static let mostGradients = 64

  /// Numbers in the working memory of Winograd's algorithm on each thread, for `kernels` of so many numbers: a block of
  /// input and result at all points, which is as large as the cache or the kernel, and the gradient of the kernel.
  private static func winogradNumbers(_ kernels: [Double]) -> Double {
    guard let largest = kernels.max() else { return 0 }
    return max(winogradBlock, largest) + largest
  }

  private static let winogradBlock = Double(1 << 17)
}

extension Graph {
  /// Channels that vector instructions take at a time: those of an image are filled up to a multiple.
  private static let channelBlock = 16

  /// Numbers that the result of `node` takes for one image, or the gradient of it.
  private func placeCount(of node: Node) -> Int {
    let shape = node.shape
    if case .input = node.operation { return shape.elementCount }
    guard shape.height * shape.width > 1 else { return shape.elementCount }
    let blocks = (shape.channels + Self.channelBlock - 1) / Self.channelBlock
    return shape.height * shape.width * blocks * Self.channelBlock
  }

  /// Numbers kept of node `number`'s result for one image; `givesBack` says whether its input needs a gradient.
  private func valueCount(of number: Int, givesBack: Bool) -> Int {
    let node = nodes[number]
    let count = placeCount(of: node)
    switch node.operation {
    case .flatten, .reshape: return 0
    case .convolution2D where isNarrowConvolution(number, givesBack: givesBack):
      // Up to half a block is one of half the size.
      return 2 * node.shape.channels <= Self.channelBlock ? count / 2 : count
    // Kernels for so few channels have an order of their own, beside that in blocks.
    case .convolution2D where node.shape.channels < Self.channelBlock:
      return count + node.shape.elementCount
    // The mask, or the noise, is kept for the way back.
    case .dropout, .gaussianNoise: return 2 * count
    case .activation(let function):
      guard let input = node.inputs.first else { return count }
      switch nodes[input].operation {
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
    for (number, node) in nodes.enumerated() {
      let inputs = node.inputs.filter { learns[$0] }
      results += valueCount(of: number, givesBack: !inputs.isEmpty)
      learns.append(!inputs.isEmpty || node.parameters.contains(where: \.isLearned))
      let gradient = learns[learns.count - 1] ? placeCount(of: node) : 0
      let passedOn =
        switch node.operation {
        // Their gradients are computed in the place of those that they come from.
        case .input, .flatten, .dropout, .gaussianNoise, .batchNormalization, .rescaling: 0
        case .activation(let function) where function != .softmax: 0
        default: inputs.reduce(0) { $0 + placeCount(of: nodes[$1]) }
        }
      most = max(most, results + gradient + passedOn)
    }
    return most
  }

  /// Numbers of each kernel that Winograd's algorithm may take, at all of its 6×6 points.
  fileprivate var winogradKernels: [Double] {
    guard convolution == .winograd, precision == .float32 else { return [] }
    return nodes.compactMap { node in
      guard case .convolution2D(_, let window, groups: 1, _) = node.operation,
        let parts = window.winogradParts, let input = node.inputs.first
      else { return nil }
      let source = nodes[input].shape
      let suits = window.suitsWinograd(
        from: source, to: node.shape, paddingBefore: window.paddingBefore(source.size))
      return suits ? Double(36 * parts * source.channels * node.shape.channels) : nil
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
  /// True if its gradient follows from its result, so that a convolution can give it at once.
  fileprivate var isComputedInPlace: Bool {
    switch self {
    case .relu, .leakyReLU, .elu, .tanh, .sigmoid: true
    // The loss takes what goes into the last softmax.
    case .softmax: true
    case .gelu, .silu, .hardSwish, .softplus: false
    }
  }
}
