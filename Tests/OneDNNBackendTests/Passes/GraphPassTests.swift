import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

/// What a compiled graph leaves out must not show.
@Suite struct GraphPassTests {
  /// Predictions and gradients of `graph` with `passes`.
  func results(
    of graph: Graph, _ passes: Set<GraphPass>
  ) throws -> (predictions: Predictions, gradients: [[Float]]) {
    let backend = OneDNNBackend(threads: 2, passes: passes)
    let parameters = graph.initialParameters(seed: 3)
    let batch = Batch.decided(graph, parameters, count: 11)
    let inference = try backend.compile(graph, laneSize: 4, mode: .inference)
    try inference.load(parameters)
    let training = try backend.compile(graph, laneSize: 4, mode: .training(NoUpdate()))
    try training.load(parameters)
    return (
      try inference.predict(batch), try training.gradients(batch).entries.map(\.tensor.values)
    )
  }

  /// Kernels for other sizes may add up in another order: `relative` is as in the conformance suite.
  func expectClose(
    _ graph: Graph, _ passes: Set<GraphPass>, relative: Float = 2e-5
  ) throws {
    let (found, wanted) = (try results(of: graph, passes), try results(of: graph, []))
    let pairs =
      [(found.predictions.probabilities, wanted.predictions.probabilities)]
      + zip(found.gradients, wanted.gradients)
    let largest = wanted.gradients.joined().lazy.map(abs).max() ?? 0
    for (found, wanted) in pairs {
      let scale = max(wanted.lazy.map(abs).max() ?? 0, largest / 10, 1e-3)
      let worst = zip(found, wanted).map { abs($0 - $1) }.max() ?? 0
      #expect(worst <= relative * scale, "off by \(worst) where values reach \(scale)")
      #expect(found.allSatisfy { $0.isFinite })
    }
  }

  func expectSameBits(
    _ graph: Graph, _ pass: GraphPass, besides others: Set<GraphPass> = []
  ) throws {
    let (without, with) = (
      try results(of: graph, others), try results(of: graph, others.union([pass]))
    )
    #expect(with.gradients == without.gradients)
    #expect(with.predictions.probabilities == without.predictions.probabilities)
  }

  private static let readPartly: [NetworkCase] = [
    NetworkCase(
      "the baseline's shapes", NetworkCase.image(28, 28, 1),
      [
        NetworkCase.conv(32, [3, 3]), .activation(.relu), NetworkCase.pool([2, 2]),
        NetworkCase.conv(16, [3, 3]), .activation(.relu), NetworkCase.pool([2, 2]), .flatten,
        NetworkCase.dense(10), NetworkCase.softmax,
      ]),
    NetworkCase(
      "zeros before and not after", NetworkCase.image(9, 7, 1),
      [
        NetworkCase.conv(9, [5, 3], padding: .same), .activation(.tanh),
        NetworkCase.pool([2, 2], .average), .flatten, NetworkCase.dense(3), NetworkCase.softmax,
      ]),
    NetworkCase(
      "strides and dilation", NetworkCase.image(18, 17, 3),
      [
        NetworkCase.conv(8, [3, 3], padding: .same, dilation: [2, 2]),
        NetworkCase.conv(8, [2, 2], strides: [3, 3], padding: .same),
        .rescaling(scale: 2, offset: 1), NetworkCase.pool([2, 2], strides: [3, 3]), .flatten,
        NetworkCase.dense(3), NetworkCase.softmax,
      ]),
    NetworkCase("branches that meet", NetworkCase.image(9, 9, 2)) { graph in
      let stem = graph.add(NetworkCase.conv(4, [3, 3]))
      let (left, right) = (
        graph.add(.activation(.relu), stem), graph.add(.activation(.sigmoid), stem)
      )
      let both = graph.append(.concatenation, layer: "both", inputs: [left, right])
      let pooled = graph.add(NetworkCase.pool([2, 2]), both)
      graph.add(.flatten, pooled)
      graph.add(NetworkCase.dense(3))
      graph.add(NetworkCase.softmax)
    },
  ]

  @Test(arguments: readPartly + NetworkCase.poolings + NetworkCase.branches)
  func whatNobodyReadsChangesNothing(network: NetworkCase) throws {
    try expectClose(network.graph, [.readPartsOnly])
  }

  @Test(arguments: RandomGraphTests.numbers)
  func allTogetherChangeNothing(number: Int) throws {
    try expectClose(RandomGraph(number: number).graph, Set(GraphPass.allCases), relative: 1e-4)
  }

  @Test(
    arguments: [[2, 2], [3, 3], [2, 3]] as [SIMD2<Int>], [[2, 2], [1, 1]] as [SIMD2<Int>])
  func masksOfPooledGradientsChangeNoBit(size: SIMD2<Int>, strides: SIMD2<Int>) throws {
    let network = NetworkCase(
      "", NetworkCase.image(9, 9, 2),
      [
        NetworkCase.conv(9, [3, 3]), .activation(.relu),
        NetworkCase.pool(size, strides: strides), NetworkCase.conv(5, [2, 2], padding: .same),
        .activation(.relu), NetworkCase.pool(size, strides: strides, padding: .same), .flatten,
        NetworkCase.dense(3), NetworkCase.softmax,
      ])
    try expectSameBits(network.graph, .pooledMasks)
  }

  @Test(
    arguments: [nil, .relu, .leakyReLU(slope: 0.3)] as [ActivationFunction?],
    [[9, 11], [8, 10], [9, 12]] as [SIMD2<Int>])
  func `pooling in the convolution before changes no bit`(
    activation: ActivationFunction?, size: SIMD2<Int>
  ) throws {
    let rectifier = activation.map { [Tensors.Operation.activation($0)] } ?? []
    let network = NetworkCase(
      "", NetworkCase.image(size.x, size.y, 8),
      [NetworkCase.conv(17, [3, 3], padding: .same)] + rectifier + [
        NetworkCase.pool([2, 2]), NetworkCase.conv(9, [3, 3], useBias: false),
        NetworkCase.pool([2, 2], padding: .same), .flatten, NetworkCase.dense(3),
        NetworkCase.softmax,
      ])
    let first = NetworkCase(
      "", NetworkCase.image(size.x, size.y, 2),
      [NetworkCase.conv(17, [3, 3], padding: .same)] + rectifier + [
        NetworkCase.pool([2, 2]), .flatten, NetworkCase.dense(3), NetworkCase.softmax,
      ])
    let own: Set<GraphPass> = [.winograd, .narrowConvolutions]
    for others in [own, own.union([.readPartsOnly])] {
      try expectSameBits(network.graph, .pooledConvolutions, besides: others)
      try expectSameBits(first.graph, .pooledConvolutions, besides: others)
    }
  }

  @Test(arguments: NetworkCase.narrow)
  func `means in the convolution before change gradients by rounding alone`(
    network: NetworkCase
  ) throws {
    let own: Set<GraphPass> = [.narrowConvolutions]
    let (apart, fused) = (
      try results(of: network.graph, own),
      try results(of: network.graph, own.union([.pooledConvolutions]))
    )
    #expect(fused.predictions.probabilities == apart.predictions.probabilities)
    try expectClose(network.graph, own.union([.pooledConvolutions]))
  }

  @Test func `an activation and a mean in the convolution before are not called`() throws {
    let graph = NetworkCase(
      "", NetworkCase.image(9, 9, 1),
      [
        NetworkCase.conv(9, [5, 5]), .activation(.tanh), NetworkCase.pool([2, 2], .average),
        .flatten, NetworkCase.dense(3), NetworkCase.softmax,
      ]
    ).graph
    func calls(_ passes: Set<GraphPass>) throws -> Int {
      try OneDNNBackend(threads: 1, passes: passes)
        .lane(of: graph, laneSize: 4, mode: .training(NoUpdate())).calls
    }
    // The pooling and its gradient.
    let own: Set<GraphPass> = [.narrowConvolutions]
    #expect(try calls(own.union([.pooledConvolutions])) == calls(own) - 2)
    // The hyperbolic tangent, its gradient, and that of the bias.
    #expect(try calls(own) <= calls([]) - 3)
  }

  /// Otherwise nothing that is said of these passes would mean anything.
  @Test(arguments: [(.pooledMasks, 1), (.rectifiedNormalization, 2)] as [(GraphPass, Int)])
  func whatIsDoneOnTheWayIsNotCalled(pass: GraphPass, fewer: Int) throws {
    let graph = NetworkCase(
      "", NetworkCase.image(9, 9, 1),
      [
        NetworkCase.conv(9, [2, 2]), NetworkCase.batchNormalization, .activation(.relu),
        NetworkCase.pool([2, 2]), .flatten, NetworkCase.dense(3), NetworkCase.softmax,
      ]
    ).graph
    func calls(_ passes: Set<GraphPass>) throws -> Int {
      try OneDNNBackend(threads: 1, passes: passes)
        .lane(of: graph, laneSize: 4, mode: .training(NoUpdate())).calls
    }
    #expect(try calls([pass]) == calls([]) - fewer)
  }

  @Test func `a pooling in the convolution before is not called`() throws {
    let graph = NetworkCase(
      "", NetworkCase.image(9, 9, 8),
      [
        NetworkCase.conv(9, [3, 3]), .activation(.relu), NetworkCase.pool([2, 2]), .flatten,
        NetworkCase.dense(3), NetworkCase.softmax,
      ]
    ).graph
    func calls(_ passes: Set<GraphPass>) throws -> Int {
      try OneDNNBackend(threads: 1, passes: passes.union([.winograd]))
        .lane(of: graph, laneSize: 4, mode: .training(NoUpdate())).calls
    }
    // The pooling and its gradient, which masks the ReLU's.
    #expect(try calls([.pooledConvolutions]) == calls([.pooledMasks]) - 2)
  }

  /// Steps of whole and ragged batches, with what else a program does between them: what one leaves in memory must not
  /// show in another.
  @Test(arguments: NetworkCase.all)
  func sharedMemoryChangesNoBit(network: NetworkCase) throws {
    let graph = network.graph
    func learned(_ passes: Set<GraphPass>) throws -> (NamedTensors, [Predictions]) {
      let program = try OneDNNBackend(threads: 2, passes: passes).compile(
        graph, laneSize: 4, mode: .training(ClippedDescent()))
      try program.load(graph.initialParameters(seed: 5))
      let source = RandomSamples(count: 60, shape: graph.inputShape, classCount: graph.classCount)
      let predictions = try [16, 13, 3, 60].map { count in
        let batch = Batch(source: source, samples: Array(0..<count)[...], seed: 2)
        _ = try program.train(batch, StepRates(learningRate: 0.1))
        try program.recomputeStatistics([Batch(source: source, samples: Array(0..<9)[...])])
        return try program.predict(batch)
      }
      return (try program.parameters(), predictions)
    }
    let all = Set(GraphPass.allCases)
    let (apart, shared) = (try learned(all.subtracting([.sharedMemory])), try learned(all))
    #expect(apart.0 == shared.0)
    #expect(apart.1.map(\.probabilities) == shared.1.map(\.probabilities))
  }

  @Test func whatIsNotNeededAtOnceSharesMemory() throws {
    let graph = NetworkCase(
      "", NetworkCase.image(9, 9, 8),
      (0..<6).flatMap { _ in [NetworkCase.conv(8, [3, 3], padding: .same), .activation(.relu)] }
        + [.flatten, NetworkCase.dense(3), NetworkCase.softmax]
    ).graph
    func numbers(_ passes: Set<GraphPass>, _ mode: ProgramMode) throws -> Int {
      try OneDNNBackend(threads: 1, passes: passes).lane(of: graph, laneSize: 4, mode: mode).numbers
    }
    let image = 4 * 9 * 9 * 8
    // Six results; going back, six gradients as well, of which two are needed at once.
    #expect(try numbers([], .inference) >= 6 * image)
    #expect(try numbers([.sharedMemory], .inference) < 4 * image)
    let (apart, shared) = (
      try numbers([], .training(NoUpdate())), try numbers([.sharedMemory], .training(NoUpdate()))
    )
    #expect(shared <= apart - 4 * image)
  }

  /// Dropout draws nothing for images that only fill up a lane: what an earlier step left there must not matter.
  @Test func whatIsNoNumberIsForgotten() throws {
    let graph = NetworkCase(
      "", NetworkCase.image(6, 6, 1),
      [
        NetworkCase.conv(8, [3, 3]), .dropout(rate: 0.5), NetworkCase.conv(8, [3, 3]), .flatten,
        NetworkCase.dense(3), NetworkCase.softmax,
      ]
    ).graph
    let program = try OneDNNBackend(threads: 1).compile(
      graph, laneSize: 4, mode: .training(NoUpdate()))
    let good = graph.initialParameters(seed: 5)
    var bad = good
    for index in bad.entries.indices {
      for element in bad.entries[index].tensor.values.indices {
        bad.entries[index].tensor.values[element] = .nan
      }
    }
    let source = RandomSamples(count: 4, shape: graph.inputShape, classCount: graph.classCount)
    try program.load(bad)
    _ = try program.gradients(Batch(source: source, samples: Array(0..<4)[...]))
    try program.load(good)
    let gradients = try program.gradients(Batch(source: source, samples: Array(0..<3)[...]))
    #expect(gradients.entries.allSatisfy { $0.tensor.values.allSatisfy(\.isFinite) })
  }
}
