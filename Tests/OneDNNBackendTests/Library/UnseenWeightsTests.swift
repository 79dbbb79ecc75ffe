import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

@Suite("Weights that see nothing but zeros around the image")
struct UnseenWeightsTests {
  /// Convolutions of which some weights see nothing.
  private static let networks = [
    network([1, 9], NetworkCase.conv(8, [3, 3], padding: .same)),
    network([2, 6], NetworkCase.conv(8, [5, 5], padding: .same)),
    network([2, 2], NetworkCase.conv(8, [5, 5], strides: [2, 2], padding: .same)),
    network(
      [4, 9],
      NetworkCase.conv(
        8, [5, 5], strides: [2, 2], padding: .explicit(before: [0, 2], after: [10, 2]))),
  ]

  private static func network(_ size: SIMD2<Int>, _ operation: Tensors.Operation) -> NetworkCase {
    NetworkCase(
      "\(operation) of \(size)", NetworkCase.image(size.x, size.y, 8),
      [operation, .flatten, NetworkCase.dense(3), NetworkCase.softmax])
  }

  /// An optimizer that divides by the size of gradients would make large steps of rounding.
  @Test(arguments: networks)
  func `get a gradient of exactly zero`(network: NetworkCase) throws {
    let graph = network.graph
    let samples = RandomSamples(count: 5, shape: graph.inputShape, classCount: graph.classCount)
    let batch = Batch(source: samples, samples: Array(0..<5)[...], seed: 7, epoch: 2)
    let gradients = try [ReferenceBackend() as any Backend, OneDNNBackend(threads: 1)].map {
      let program = try $0.compile(graph, laneSize: 4, mode: .training(NoUpdate()))
      try program.load(graph.initialParameters(seed: 3))
      return try program.gradients(batch).entries[0].tensor.values
    }
    let unseen = gradients[0].indices.filter { gradients[0][$0] == 0 }
    #expect(!unseen.isEmpty)
    #expect(unseen.allSatisfy { gradients[1][$0] == 0 })
  }
}
