import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

/// Plain gradient descent.
private struct Descent: UpdateRule {
  let slotCount = 0
  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    for index in 0..<slice.count {
      slice.values[index] -= Float(step.rates.learningRate) * slice.gradients[index]
    }
  }
}

@Suite("The same bits on any number of threads")
struct DeterminismTests {
  private func train(_ graph: Graph, threads: Int, laneSize: Int) throws -> NamedTensors {
    let program = try OneDNNBackend(threads: threads).compile(
      graph, laneSize: laneSize, mode: .training(Descent()))
    try program.load(graph.initialParameters(seed: 5))
    let samples = RandomSamples(
      count: 200, shape: graph.inputShape, classCount: graph.classCount)
    for step in 0..<4 {
      let batch = Batch(
        source: samples, samples: Array(step * 45..<step * 45 + 45)[...], seed: 2, epoch: step)
      _ = try program.train(batch, StepRates(learningRate: 0.1))
    }
    return try program.parameters()
  }

  @Test("after some steps", arguments: NetworkCase.all)
  func steps(network: NetworkCase) throws {
    let one = try train(network.graph, threads: 1, laneSize: 4)
    #expect(try train(network.graph, threads: 2, laneSize: 4) == one)
    #expect(try train(network.graph, threads: 3, laneSize: 4) == one)
  }

  @Test(
    "with more lanes than there are slots for gradients: the same bits, and the gradients are right",
    arguments: [NetworkCase.all[0], NetworkCase.normalizations[0]])
  func manyLanes(network: NetworkCase) throws {
    let graph = network.graph
    let parameters = graph.initialParameters(seed: 5)
    let batch = Batch.decided(graph, parameters, count: 150)
    let gradients = try [(1, 1), (2, 1), (3, 1), (2, 16)].map { threads, laneSize in
      let program = try OneDNNBackend(threads: threads).compile(
        graph, laneSize: laneSize, mode: .training(Descent()))
      try program.load(parameters)
      _ = try program.gradients(batch)  // twice: what a step leaves behind must not count
      return try program.gradients(batch)
    }
    #expect(gradients[1] == gradients[0])
    #expect(gradients[2] == gradients[0])
    // Other lanes are other sums, off by what the conformance suite allows.
    let largest = gradients[0].entries.flatMap(\.tensor.values).lazy.map(abs).max() ?? 0
    for (first, second) in zip(gradients[0].entries, gradients[3].entries) {
      #expect(
        zip(first.tensor.values, second.tensor.values).allSatisfy { abs($0 - $1) <= 2e-5 * largest }
      )
    }
  }

  @Test("parameters come back as they were loaded", arguments: NetworkCase.all)
  func roundTrip(network: NetworkCase) throws {
    let parameters = network.graph.initialParameters(seed: 8)
    for mode in [ProgramMode.inference, .training(Descent())] {
      let program = try OneDNNBackend(threads: 1).compile(network.graph, laneSize: 16, mode: mode)
      try program.load(parameters)
      #expect(try program.parameters() == parameters)
    }
  }

  @Test("parameters that don't fit are refused by name")
  func mismatch() throws {
    let graph = NetworkCase.all[1].graph
    let program = try OneDNNBackend(threads: 1).compile(graph, laneSize: 16, mode: .inference)
    var parameters = graph.initialParameters(seed: 8)
    parameters.entries[0].tensor = Tensor(shape: [2], values: [1, 2])
    let error = #expect(throws: ParameterMismatch.self) { try program.load(parameters) }
    #expect(
      error?.description
        == "'layer1.kernel' has shape [2], but the network wants [20, 3]")
  }
}
