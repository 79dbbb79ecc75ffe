import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

@Suite("oneDNN computes what the plain loops compute")
struct ConformanceTests {
  let laneSize = 4

  private func parameters(of graph: Graph) -> NamedTensors {
    var parameters = graph.initialParameters(seed: 3)
    // Most start at zero or one; other values show more.
    for (index, entry) in graph.parameters.enumerated() where entry.parameter.role != .kernel {
      let stream = RandomStream(seed: 9, purpose: .initialization, layer: index)
      for element in 0..<entry.parameter.count {
        parameters.entries[index].tensor.values[element] += stream.uniform(element) - 0.5
      }
    }
    return parameters
  }

  private func batch(_ graph: Graph, count: Int) -> Batch {
    let samples = RandomSamples(
      count: 40, shape: graph.inputShape, classCount: graph.classCount)
    return Batch(source: samples, samples: Array(5..<5 + count)[...], seed: 7, epoch: 2)
  }

  /// A sum of n terms in float32 is off by about √n · 2⁻²⁴ of its terms' size, at most n of them: with a few hundred
  /// terms in each of a few layers 5 · 10⁻⁶ of the tensor's largest value, or of `least`, which is as much as any
  /// instruction set needed. Four times as much is allowed.
  private func expectClose(
    _ found: [Float], _ wanted: [Float], _ what: String, relative: Float = 2e-5,
    least: Float = 1e-3
  ) {
    #expect(found.count == wanted.count, "\(what): count")
    let scale = max(wanted.lazy.map(abs).max() ?? 0, least)
    let worst = zip(found, wanted).map { abs($0 - $1) }.max() ?? 0
    #expect(worst <= relative * scale, "\(what): off by \(worst) where values reach \(scale)")
    #expect(!found.contains { !$0.isFinite }, "\(what): not finite")
  }

  /// Numbers of images, and how many make a lane: 16 is what batches of 32 and more have.
  private static let batches = [(1, 4), (4, 4), (11, 4), (19, 16)]

  @Test("probabilities and losses", arguments: NetworkCase.all, batches)
  func predictions(network: NetworkCase, size: (count: Int, laneSize: Int)) throws {
    let (count, laneSize) = size
    let parameters = parameters(of: network.graph)
    let batch = batch(network.graph, count: count)
    let results = try [ReferenceBackend() as any Backend, OneDNNBackend(threads: 2)].map {
      let program = try $0.compile(network.graph, laneSize: laneSize, mode: .inference)
      try program.load(parameters)
      return try program.predict(batch)
    }
    expectClose(results[1].probabilities, results[0].probabilities, "probabilities")
    expectClose(results[1].losses, results[0].losses, "losses")
  }

  @Test("gradients of every parameter, dropout on", arguments: NetworkCase.all, batches)
  func gradients(network: NetworkCase, size: (count: Int, laneSize: Int)) throws {
    let (count, laneSize) = size
    let parameters = parameters(of: network.graph)
    let batch = Batch.decided(network.graph, parameters, count: count)
    let results = try [ReferenceBackend() as any Backend, OneDNNBackend(threads: 2)].map {
      let program = try $0.compile(
        network.graph, laneSize: laneSize, mode: .training(NoUpdate()))
      try program.load(parameters)
      return try program.gradients(batch)
    }
    // Where gradients cancel, such as that of a bias before a normalization, what remains is the rounding of terms
    // that are as large as other gradients of the network.
    let largest = results[0].entries.flatMap(\.tensor.values).lazy.map(abs).max() ?? 0
    #expect(results[1].entries.map(\.name) == results[0].entries.map(\.name))
    for (found, wanted) in zip(results[1].entries, results[0].entries) {
      expectClose(
        found.tensor.values, wanted.tensor.values, found.name, least: max(1e-3, largest / 10))
    }
  }

  @Test(
    "parameters and moving statistics after a step, of whole kernels and of parts",
    arguments: NetworkCase.all, [false, true])
  func step(network: NetworkCase, takesParts: Bool) throws {
    let parameters = parameters(of: network.graph)
    let batch = Batch.decided(network.graph, parameters, count: 7)
    let results = try [ReferenceBackend() as any Backend, OneDNNBackend(threads: 2)].map {
      let program = try $0.compile(
        network.graph, laneSize: laneSize, mode: .training(ClippedDescent(takesParts: takesParts)))
      try program.load(parameters)
      let losses = try program.train(batch, StepRates(learningRate: 0.1))
      return (try program.parameters(), losses)
    }
    for (found, wanted) in zip(results[1].0.entries, results[0].0.entries) {
      expectClose(found.tensor.values, wanted.tensor.values, found.name, least: 0.1)
    }
    expectClose(results[1].1.losses, results[0].1.losses, "losses")
    let (penalty, expected) = (results[1].1.penalty, results[0].1.penalty)
    #expect(abs(penalty - expected) <= 1e-6 * expected)
  }

  @Test("moving statistics made anew", arguments: NetworkCase.normalizations)
  func statistics(network: NetworkCase) throws {
    let results = try [ReferenceBackend() as any Backend, OneDNNBackend(threads: 2)].map {
      let program = try $0.compile(
        network.graph, laneSize: laneSize, mode: .training(NoUpdate()))
      try program.load(parameters(of: network.graph))
      try program.recomputeStatistics([7, 11, 5].map { batch(network.graph, count: $0) })
      return try program.parameters()
    }
    for (found, wanted) in zip(results[1].entries, results[0].entries) {
      expectClose(found.tensor.values, wanted.tensor.values, found.name, least: 0.1)
    }
  }

  @Test(
    "the plain loops' gradients agree with central differences",
    arguments: NetworkCase.all)
  func centralDifferences(network: NetworkCase) throws {
    let graph = network.graph
    let batch = batch(graph, count: 3)
    let tensors = parameters(of: graph)
    let program = try ReferenceBackend().compile(
      graph, laneSize: laneSize, mode: .training(NoUpdate()))
    try program.load(tensors)
    let gradients = try program.gradients(batch)
    #expect(
      gradients.entries.map(\.name)
        == graph.parameters.filter(\.parameter.isLearned).map(\.name))
    let reference = ReferenceNetwork(graph)
    var values = ReferenceNetwork.Parameters(
      uniqueKeysWithValues: tensors.entries.map { ($0.name, $0.tensor.values.map(Double.init)) })
    for entry in gradients.entries {
      let count = entry.tensor.values.count
      for index in stride(from: 0, to: count, by: max(1, count / 12)) {
        let original = values[entry.name]?[index] ?? 0
        let distance = 1e-5
        values[entry.name]?[index] = original + distance
        let above = reference.objective(batch, values)
        values[entry.name]?[index] = original - distance
        let below = reference.objective(batch, values)
        values[entry.name]?[index] = original
        let difference = (above - below) / (2 * distance)
        let gradient = Double(entry.tensor.values[index])
        #expect(abs(difference - gradient) < 1e-6 + 1e-4 * abs(gradient), "\(entry.name)[\(index)]")
      }
    }
  }

  @Test(
    "no convolution falls back to the library's plain loops",
    arguments: [2, 3, 4, 5, 6, 8, 12, 17, 32], [ActivationFunction?.none, .relu])
  func fastKernels(channels: Int, activation: ActivationFunction?) throws {
    let second =
      [NetworkCase.conv(16, [3, 3])] + [activation].compactMap(\.self).map { .activation($0) }
    let network = NetworkCase(
      "two convolutions", NetworkCase.image(9, 9, 1),
      [NetworkCase.conv(channels, [3, 3])] + second + [
        .flatten, NetworkCase.dense(3), NetworkCase.softmax,
      ])
    let program = try OneDNNBackend(threads: 1).compile(
      network.graph, laneSize: 16, mode: .training(NoUpdate()))
    #expect(program.kernelChoices.filter { $0.contains(": ref") } == [])
  }
}
