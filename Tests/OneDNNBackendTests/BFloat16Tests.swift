import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

private let support = OneDNNLibrary.support(for: .bfloat16)

/// Products of bfloat16 numbers. Where the CPU cannot compute them, most of these tests are skipped.
@Suite struct BFloat16Tests {
  private static let cannotCompute: Comment = "this CPU cannot compute in bfloat16"

  private func inBFloat16(_ graph: Graph) -> Graph {
    var graph = graph
    graph.precision = .bfloat16
    return graph
  }

  private func batch(_ graph: Graph, count: Int) -> Batch {
    let samples = RandomSamples(count: 40, shape: graph.inputShape, classCount: graph.classCount)
    return Batch(source: samples, samples: Array(5..<5 + count)[...], seed: 7, epoch: 2)
  }

  /// A bfloat16 carries 8 bits, so that each factor is off by up to 2⁻⁹ of it. Errors of a sum's terms mostly cancel, but
  /// add up from layer to layer. Where a ReLU or a maximum decides otherwise a whole term comes or goes: in such small
  /// networks that was seen to make up to 17 % of a parameter's largest gradient; without them there were no 3 %.
  private func expectClose(
    _ found: [Float], _ wanted: [Float], _ what: String, relative: Float, least: Float = 1e-3
  ) {
    let scale = max(wanted.lazy.map(abs).max() ?? 0, least)
    // Single values may be off by that whole term: what counts is the error's root mean square.
    let squares = zip(found, wanted).map { ($0 - $1) * ($0 - $1) }
    let error = (squares.reduce(0, +) / Float(max(1, squares.count))).squareRoot()
    #expect(error <= relative * scale, "\(what): off by \(error) where values reach \(scale)")
  }

  @Test(.enabled(if: support != .none, cannotCompute), arguments: NetworkCase.all)
  func itComputesAboutWhatThePlainLoopsCompute(network: NetworkCase) throws {
    let parameters = network.graph.initialParameters(seed: 3)
    let batch = batch(network.graph, count: 11)
    let sides: [(any Backend, Graph)] = [
      (ReferenceBackend(), network.graph),
      (OneDNNBackend(threads: 2), inBFloat16(network.graph)),
    ]
    let results = try sides.map { backend, graph in
      let inference = try backend.compile(graph, laneSize: 4, mode: .inference)
      try inference.load(parameters)
      let training = try backend.compile(graph, laneSize: 4, mode: .training(NoUpdate()))
      try training.load(parameters)
      return (
        predictions: try inference.predict(batch), gradients: try training.gradients(batch)
      )
    }
    let (wanted, found) = (results[0], results[1])
    expectClose(
      found.predictions.probabilities, wanted.predictions.probabilities, "probabilities",
      relative: 0.01)
    let largest = wanted.gradients.entries.flatMap(\.tensor.values).lazy.map(abs).max() ?? 0
    for (found, wanted) in zip(found.gradients.entries, wanted.gradients.entries) {
      expectClose(
        found.tensor.values, wanted.tensor.values, found.name,
        relative: network.graph.decides ? 0.25 : 0.03,
        least: max(1e-3, largest / 10))
    }
  }

  @Test(.enabled(if: support != .none, cannotCompute))
  func productsAreOfBFloat16() throws {
    let graph = NetworkCase(
      "", NetworkCase.image(9, 9, 16),
      [
        NetworkCase.conv(32, [3, 3]), .activation(.relu), .flatten, NetworkCase.dense(10),
        NetworkCase.softmax,
      ]
    ).graph
    let batch = batch(graph, count: 16)
    let probabilities = try [graph, inBFloat16(graph)].map { graph in
      let program = try OneDNNBackend(threads: 1).compile(graph, laneSize: 16, mode: .inference)
      try program.load(graph.initialParameters(seed: 3))
      return try program.predict(batch).probabilities
    }
    #expect(probabilities[0] != probabilities[1])
  }

  @Test(.enabled(if: support != .none, cannotCompute), arguments: NetworkCase.all)
  func weightsAreLearnedInFloat32AndOnAnyNumberOfThreadsAlike(network: NetworkCase) throws {
    let graph = inBFloat16(network.graph)
    let learned = try [1, 2, 3].map { threads in
      let program = try OneDNNBackend(threads: threads).compile(
        graph, laneSize: 4, mode: .training(ClippedDescent()))
      let start = graph.initialParameters(seed: 5)
      try program.load(start)
      #expect(try program.parameters() == start, "nothing is rounded on the way")
      for count in [11, 16, 3] {
        _ = try program.train(batch(graph, count: count), StepRates(learningRate: 0.1))
      }
      let parameters = try program.parameters()
      let inference = try OneDNNBackend(threads: threads).compile(
        graph, laneSize: 4, mode: .inference)
      try inference.load(parameters)
      #expect(try inference.parameters() == parameters)
      let batch = batch(graph, count: 7)
      #expect(
        try inference.predict(batch).probabilities == program.predict(batch).probabilities)
      return parameters
    }
    #expect(learned[1] == learned[0])
    #expect(learned[2] == learned[0])
  }

  @Test(.enabled(if: support == .none, "this CPU can compute in bfloat16"))
  func aCPUThatCannotIsAnErrorAndNoOtherPrecision() throws {
    let graph = inBFloat16(NetworkCase.all[0].graph)
    let error = #expect(throws: OneDNNError.self) {
      try OneDNNBackend(threads: 1).compile(graph, laneSize: 4, mode: .inference)
    }
    #expect(error?.description.contains("bfloat16") == true, "\(String(describing: error))")
  }
}

extension Graph {
  /// Whether there is an operation whose gradient goes one way or another.
  fileprivate var decides: Bool {
    nodes.contains { node in
      switch node.operation {
      case .activation(.relu), .activation(.boundedReLU), .activation(.leakyReLU), .prelu,
        .pooling2D(.max, _), .combination(.maximum):
        true
      default: false
      }
    }
  }
}
