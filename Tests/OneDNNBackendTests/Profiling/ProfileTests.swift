import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

@Suite("What training steps spend their time on")
struct ProfileTests {
  /// Trains `graph` on two threads for three steps of five lanes, the last one ragged.
  private func train(_ graph: Graph, _ profile: Profile?) throws -> NamedTensors {
    let program = try OneDNNBackend(threads: 2, profile: profile).compile(
      graph, laneSize: 4, mode: .training(ClippedDescent()))
    try program.load(graph.initialParameters(seed: 5))
    for step in 0..<3 {
      let batch = batch(of: graph, Array(step * 18..<step * 18 + 18))
      _ = try program.train(batch, StepRates(learningRate: 0.1))
      _ = try program.predict(batch)
    }
    _ = try program.gradients(batch(of: graph, [1, 2]))
    return try program.parameters()
  }

  private func batch(of graph: Graph, _ samples: [Int]) -> Batch {
    let source = RandomSamples(count: 60, shape: graph.inputShape, classCount: graph.classCount)
    return Batch(source: source, samples: samples[...], seed: 2)
  }

  private typealias Work = Profile.Piece.Work

  /// A convolution with a fused activation, a pooling and two dense layers, the first one large.
  private static var graph: Graph {
    var graph = Graph(
      input: ImageShape(height: 12, width: 12, channels: 3), loss: PlainCrossentropy())
    for (layer, operation) in [
      ("conv", NetworkCase.conv(16, [3, 3])), ("conv", .activation(.relu)),
      ("pool", NetworkCase.pool([2, 2])), ("flatten", .flatten),
      ("large", NetworkCase.dense(128)), ("large", .activation(.gelu)),
      ("dropout", .dropout(rate: 0.5, wholeChannels: false)), ("small", NetworkCase.dense(10)),
      ("small", NetworkCase.softmax),
    ] as [(String, Tensors.Operation)] {
      graph.append(operation, layer: layer, input: graph.nodes.count - 1)
    }
    return graph
  }

  @Test("what is measured adds up to the time of all threads", arguments: NetworkCase.all)
  func sum(network: NetworkCase) throws {
    let profile = Profile()
    _ = try train(network.graph, profile)
    let steps = profile.take()
    #expect(steps.count == 2, "the first one makes the kernels")
    #expect(steps.threads == 2)
    #expect(steps.pieces.values.reduce(Duration.zero) { $0 + $1.time } == steps.time * 2)
    #expect(steps.time > .zero)
  }

  @Test("measuring changes no bit of what is learned", arguments: NetworkCase.all)
  func results(network: NetworkCase) throws {
    #expect(try train(network.graph, Profile()) == train(network.graph, nil))
  }

  @Test("each layer is named with what is done for it")
  func names() throws {
    let profile = Profile()
    _ = try train(Self.graph, profile)
    var works: [String: Set<Work>] = [:]
    for piece in profile.take().pieces.keys {
      works[piece.layer ?? "", default: []].insert(piece.work)
    }
    // A reorder is there or not as the machine's kernels need it.
    #expect(
      works.mapValues { $0.subtracting([.reorder]) }.filter { !$0.value.isEmpty } == [
        "": [.input, .loss, .waiting, .other],
        // The pooling, and the gradient of the bias, are computed on the way.
        "conv": [.forward, .weightsGradient, .gradientSum, .update],
        "large": [
          .forward, .activation, .activationGradient, .weightsGradient, .biasGradient,
          .inputGradient, .gradientSum, .update,
        ],
        "dropout": [.forward, .inputGradient],
        "small": [
          .forward, .weightsGradient, .biasGradient, .inputGradient, .gradientSum, .update,
        ],
      ])
  }

  @Test("operations are those of whole lanes, forward and for each gradient")
  func operations() throws {
    let profile = Profile()
    _ = try train(Self.graph, profile)
    var operations: [String: [Work: Double]] = [:]
    for (piece, spending) in profile.take().pieces where spending.operations > 0 {
      operations[piece.layer ?? "", default: [:]][piece.work, default: 0] += spending.operations
    }
    let images = 2.0 * 5 * 4
    let conv = 10 * 10 * 16 * 2 * 9 * 3 * images
    let large = 5 * 5 * 16 * 128 * 2 * images
    let small = 128 * 10 * 2 * images
    #expect(
      operations == [
        "conv": [.forward: conv, .weightsGradient: conv],
        // Over the whole batch no lane is filled up.
        "large": [
          .forward: large, .inputGradient: large, .weightsGradient: large / images * 2 * 18,
        ],
        "small": [.forward: small, .inputGradient: small, .weightsGradient: small],
      ])
  }

  @Test(
    "what is not learned is neither computed nor counted",
    arguments: (NetworkCase.narrow + NetworkCase.winograd).filter(\.graph.hasBiasOfFrozenKernel))
  func frozenKernel(network: NetworkCase) throws {
    let profile = Profile()
    _ = try train(network.graph, profile)
    let back = profile.take().pieces.filter {
      $0.key.layer == "frozen" && $0.key.work != .forward && $0.key.work != .update
    }
    #expect(!back.isEmpty)
    #expect(back.keys.allSatisfy { $0.work != .weightsGradient && $0.work != .bothGradients })
    #expect(back.filter { $0.key.work == .biasGradient }.values.allSatisfy { $0.operations == 0 })
  }

  @Test("what has been taken is not there again, and only steps count")
  func taking() throws {
    let profile = Profile()
    _ = try train(Self.graph, profile)
    #expect(profile.take().count == 2)
    #expect(profile.take().count == 0)
    #expect(profile.take().pieces.isEmpty)
    let program = try OneDNNBackend(threads: 1, profile: profile).compile(
      Self.graph, laneSize: 4, mode: .training(NoUpdate()))
    try program.load(Self.graph.initialParameters(seed: 5))
    let batch = batch(of: Self.graph, [1, 2])
    _ = try program.gradients(batch)
    _ = try program.predict(batch)
    #expect(profile.take().count == 0)
  }
}

extension Graph {
  fileprivate var hasBiasOfFrozenKernel: Bool {
    nodes.contains { $0.layer == "frozen" && $0.parameters.contains(where: \.isLearned) }
  }
}
