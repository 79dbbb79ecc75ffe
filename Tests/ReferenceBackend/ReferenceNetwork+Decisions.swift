import Tensors

/// Decisions that a gradient depends on: on which side of a bend a value lies, and which of several is the largest.
/// Where one is so close that float32 may take it otherwise, two right gradients differ by a whole term.
extension ReferenceNetwork {
  /// The distance of the closest decision of a pass, relative to the largest of the values that it is between; infinite
  /// where nothing is decided. What is exactly even, such as zeros from dropout, is even in float32 too.
  package func closestDecision(_ pass: Pass) -> Double {
    graph.nodes.map { node in
      let inputs = node.inputs.map { pass.values[$0] }
      let scale = inputs.joined().joined().lazy.map(abs).max() ?? 0
      return distances(node, inputs).lazy.filter { $0 != 0 }.min().map { $0 / scale } ?? .infinity
    }.min() ?? .infinity
  }

  /// The distance of each decision of a node from being taken otherwise.
  private func distances(_ node: Graph.Node, _ inputs: [Images]) -> [Double] {
    switch node.operation {
    case .activation(.relu), .activation(.leakyReLU), .activation(.elu), .prelu:
      inputs[0].joined().map(abs)
    case .activation(.boundedReLU(let maximum)):
      inputs[0].joined().map { min(abs($0), abs($0 - Double(maximum))) }
    case .activation(.hardSwish): inputs[0].joined().map { abs(abs($0) - 3) }
    case .combination(.maximum):
      inputs[0].indices.flatMap { image in
        var leads = Leads(count: node.shape.elementCount)
        for input in inputs {
          for (element, value) in input[image].enumerated() { leads.take(value, for: element) }
        }
        return leads.distances
      }
    case .pooling2D(.max, let window):
      inputs[0].flatMap { input in
        var leads = Leads(count: node.shape.elementCount)
        forEachPooled(node, window) { source, target in leads.take(input[source], for: target) }
        return leads.distances
      }
    default: []
    }
  }
}

/// The largest and the second largest of the values that each of several maxima is taken of.
private struct Leads {
  private var first, second: [Double]

  init(count: Int) {
    first = [Double](repeating: -.infinity, count: count)
    second = first
  }

  mutating func take(_ value: Double, for maximum: Int) {
    second[maximum] = max(second[maximum], min(value, first[maximum]))
    first[maximum] = max(first[maximum], value)
  }

  /// The lead of each maximum over the next value; infinite where there is no other. It is 0 where only roundings of Double
  /// tell them apart, as means of one number repeated twice and three times: such values learn alike.
  var distances: [Double] {
    zip(first, second).map { $0 - $1 > 1e-12 * abs($0) ? $0 - $1 : 0 }
  }
}

extension Batch {
  /// Random images on which no decision of a training pass is close: the first batch whose decisions are 256 roundings of
  /// float32 away, or else the most decided of eight, or of as many more as it takes for 16 roundings.
  ///
  /// Sums of a few hundred products, in whatever order, are off by some 16 roundings, and Winograd's by ten times as much.
  package static func decided(
    _ graph: Graph, _ parameters: NamedTensors, count: Int, seed: UInt64 = 4, epoch: Int = 1
  ) -> Batch {
    let network = ReferenceNetwork(graph)
    let values = ReferenceNetwork.Parameters(
      uniqueKeysWithValues: parameters.entries.map { ($0.name, $0.tensor.values.map(Double.init)) })
    var best: (batch: Batch, distance: Double)?
    for number in 1...200 as ClosedRange<UInt64> {
      let samples = RandomSamples(
        count: count, shape: graph.inputShape, classCount: graph.classCount, seed: number)
      let batch = Batch(source: samples, samples: Array(0..<count)[...], seed: seed, epoch: epoch)
      let distance = network.closestDecision(network.forward(batch, values, learns: true))
      if distance > best?.distance ?? 16 * 0x1p-24 { best = (batch, distance) }
      if let best, number >= 8 || best.distance > 256 * 0x1p-24 { return best.batch }
    }
    preconditionFailure("every batch has a close decision")
  }
}
