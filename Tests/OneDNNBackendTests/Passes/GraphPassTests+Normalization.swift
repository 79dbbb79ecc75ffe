import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

/// Normalizations that others compute.
extension GraphPassTests {
  @Test(arguments: NetworkCase.normalizations)
  func rectifyingOnTheWayChangesNoBit(network: NetworkCase) throws {
    try expectSameBits(network.graph, .rectifiedNormalization)
  }

  @Test(arguments: NetworkCase.normalizedConvolutions + NetworkCase.sums)
  func `normalizing as convolutions read changes no bit`(network: NetworkCase) throws {
    let own: Set<GraphPass> = [
      .winograd, .narrowConvolutions, .rectifiedNormalization, .pooledConvolutions,
    ]
    try expectSameBits(network.graph, .normalizedConvolutions, besides: own)
    try expectSameBits(network.graph, .normalizedConvolutions, besides: own.union([.sharedMemory]))
  }

  @Test(arguments: NetworkCase.sums)
  func `sums of two that normalize and rectify change no bit`(network: NetworkCase) throws {
    let own: Set<GraphPass> = [
      .winograd, .rectifiedNormalization, .normalizedConvolutions, .sharedMemory,
    ]
    try expectSameBits(network.graph, .normalizedSums)
    try expectSameBits(network.graph, .normalizedSums, besides: own)
  }

  @Test(arguments: NetworkCase.branches)
  func `sums of operands that lie otherwise differ by rounding`(network: NetworkCase) throws {
    try expectClose(network.graph, [.normalizedSums])
  }

  @Test(arguments: NetworkCase.sums)
  func `gradients added by convolutions differ by rounding`(network: NetworkCase) throws {
    try expectClose(network.graph, [.winograd, .addedGradients], relative: 1e-4)
  }

  @Test func `the end of a residual block is one call, and one going back`() throws {
    let graph = NetworkCase("", NetworkCase.image(9, 9, 8)) { graph in
      let start = graph.add(NetworkCase.conv(9, [3, 3], padding: .same))
      graph.add(NetworkCase.conv(9, [3, 3], padding: .same), start)
      graph.add(NetworkCase.conv(9, [3, 3], padding: .same))
      let end = graph.add(NetworkCase.batchNormalization)
      graph.add(.combination(.add), start, end)
      graph.add(.activation(.relu))
      graph.addClassifier(3)
    }.graph
    func calls(_ passes: Set<GraphPass>) throws -> Int {
      try OneDNNBackend(threads: 1, passes: passes.union([.winograd]))
        .lane(of: graph, laneSize: 4, mode: .training(NoUpdate())).calls
    }
    // The normalization, the ReLU, and the sums going back.
    #expect(try calls([.normalizedSums]) == calls([]) - 3)
    #expect(try calls([.normalizedSums, .addedGradients]) == calls([.normalizedSums]) - 1)
  }

  @Test func `a normalization between convolutions writes neither result nor gradient`() throws {
    let graph = NetworkCase(
      "", NetworkCase.image(9, 9, 8),
      [
        NetworkCase.conv(9, [3, 3]), NetworkCase.batchNormalization, .activation(.relu),
        NetworkCase.conv(9, [3, 3]), .flatten, NetworkCase.dense(3), NetworkCase.softmax,
      ]
    ).graph
    func calls(_ passes: Set<GraphPass>) throws -> Int {
      try OneDNNBackend(threads: 1, passes: passes.union([.winograd, .rectifiedNormalization]))
        .lane(of: graph, laneSize: 4, mode: .training(NoUpdate())).calls
    }
    #expect(try calls([.normalizedConvolutions]) == calls([]) - 2)
  }
}
