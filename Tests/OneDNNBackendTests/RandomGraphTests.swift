import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

/// What must hold for every valid graph, tried on hundreds.
@Suite struct RandomGraphTests {
  static let numbers = 0..<300

  private func batch(_ graph: Graph, count: Int) -> Batch {
    let samples = RandomSamples(
      count: count, shape: graph.inputShape, classCount: graph.classCount)
    return Batch(source: samples, samples: Array(0..<count)[...], seed: 4, epoch: 1)
  }

  private func values(_ tensors: NamedTensors) -> ReferenceNetwork.Parameters {
    ReferenceNetwork.Parameters(
      uniqueKeysWithValues: tensors.entries.map { ($0.name, $0.tensor.values.map(Double.init)) })
  }

  @Test(arguments: numbers)
  func `inferred shapes are what runs`(number: Int) {
    let random = RandomGraph(number: number)
    let graph = random.graph
    let pass = ReferenceNetwork(graph).forward(
      batch(graph, count: 2), values(random.parameters), learns: true)
    for (index, node) in graph.nodes.enumerated() {
      #expect(pass.values(of: index).allSatisfy { $0.count == node.shape.elementCount })
    }
    #expect(pass.probabilities.joined().allSatisfy { $0.isFinite })
    // Every result is taken, but the last.
    let used = Set(graph.nodes.flatMap(\.inputs))
    #expect(used.sorted() == Array(0..<graph.nodes.count - 1))
  }

  @Test(arguments: numbers)
  func `gradients agree with the difference along a random direction`(number: Int) throws {
    let random = RandomGraph(number: number)
    let graph = random.graph
    let batch = batch(graph, count: 3)
    let tensors = random.parameters
    let program = try ReferenceBackend().compile(graph, laneSize: 4, mode: .training(NoUpdate()))
    try program.load(tensors)
    let start = values(tensors)
    var (above, below) = (start, start)
    var (slope, size) = (0.0, 0.0)
    let distance = 1e-6
    for (index, entry) in try program.gradients(batch).entries.enumerated() {
      let stream = RandomStream(seed: 8, purpose: .initialization, layer: index)
      for (element, gradient) in entry.tensor.values.enumerated() {
        let direction = Double(stream.uniform(element)) - 0.5
        slope += direction * Double(gradient)
        size += abs(direction * Double(gradient))
        above[entry.name]?[element] += distance * direction
        below[entry.name]?[element] -= distance * direction
      }
    }
    let network = ReferenceNetwork(graph)
    let difference = (network.objective(batch, above) - network.objective(batch, below))
    // The gradients are float32, and the difference of two losses has lost six of its 16 digits.
    #expect(abs(difference / (2 * distance) - slope) <= 1e-5 * size + 1e-8)
  }

  @Test(arguments: numbers)
  func `the library predicts what the plain loops do`(number: Int) throws {
    let random = RandomGraph(number: number)
    let graph = random.graph
    let batch = batch(graph, count: 5)
    let predictions = try [ReferenceBackend() as any Backend, OneDNNBackend(threads: 2)].map {
      let program = try $0.compile(graph, laneSize: 4, mode: .inference)
      try program.load(random.parameters)
      return try program.predict(batch)
    }
    for (a, b) in zip(predictions[0].probabilities, predictions[1].probabilities) {
      #expect(abs(a - b) < 1e-4)
    }
  }

  @Test(arguments: numbers)
  func `the library's gradients are those of the plain loops`(number: Int) throws {
    let random = RandomGraph(number: number)
    let batch = Batch.decided(random.graph, random.parameters, count: 6)
    let gradients = try [ReferenceBackend() as any Backend, OneDNNBackend(threads: 2)].map {
      let program = try $0.compile(random.graph, laneSize: 4, mode: .training(NoUpdate()))
      try program.load(random.parameters)
      return try program.gradients(batch)
    }
    #expect(gradients[0].entries.map(\.name) == gradients[1].entries.map(\.name))
    let largest = gradients[0].entries.flatMap(\.tensor.values).lazy.map(abs).max() ?? 0
    for (wanted, found) in zip(gradients[0].entries, gradients[1].entries) {
      let worst = zip(wanted.tensor.values, found.tensor.values).map { abs($0 - $1) }.max() ?? 0
      // Deep graphs of normalizations: ten times what the conformance suite allows its networks.
      #expect(worst <= 2e-4 * max(largest, 1e-3), "\(wanted.name): off by \(worst) of \(largest)")
      #expect(found.tensor.values.allSatisfy { $0.isFinite })
    }
  }

  @Test(arguments: numbers)
  func `one, two and three threads give the same bits`(number: Int) throws {
    let random = RandomGraph(number: number)
    let batch = batch(random.graph, count: 11)
    let results = try [1, 2, 3].map { threads in
      let program = try OneDNNBackend(threads: threads).compile(
        random.graph, laneSize: 4, mode: .training(ClippedDescent()))
      try program.load(random.parameters)
      for _ in 0..<2 { _ = try program.train(batch, StepRates(learningRate: 0.05)) }
      return try program.parameters()
    }
    // Bits, since what is not a number equals nothing.
    let bits = results.map { $0.entries.map { $0.tensor.values.map(\.bitPattern) } }
    #expect(bits[1] == bits[0])
    #expect(bits[2] == bits[0])
  }

  @Test(arguments: numbers)
  func `saved weights come back exactly`(number: Int) throws {
    let random = RandomGraph(number: number)
    let graph = random.graph
    let tensors = random.parameters
    let read = try Safetensors.decode(Safetensors.encode(tensors))
    let program = try OneDNNBackend(threads: 1).compile(
      graph, laneSize: 4, mode: .training(NoUpdate()))
    try program.load(read)
    #expect(try program.parameters() == tensors)
  }
}
