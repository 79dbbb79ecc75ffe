import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

/// One network that the suite takes through both backends.
struct NetworkCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let graph: Graph

  init(_ name: String, _ input: ImageShape, _ operations: [Tensors.Operation]) {
    testDescription = name
    var graph = Graph(input: input, loss: PlainCrossentropy())
    for (index, operation) in operations.enumerated() {
      graph.append(operation, layer: "layer\(index)", input: graph.nodes.count - 1)
    }
    self.graph = graph
  }

  static func conv(
    _ filters: Int, _ size: SIMD2<Int>, strides: SIMD2<Int> = [1, 1],
    padding: Window.Padding = .valid, useBias: Bool = true
  ) -> Tensors.Operation {
    .convolution2D(
      filters: filters, window: Window(size: size, strides: strides, padding: padding),
      useBias: useBias)
  }

  static func pool(
    _ size: SIMD2<Int>, strides: SIMD2<Int>? = nil, padding: Window.Padding = .valid
  ) -> Tensors.Operation {
    .pooling2D(.max, Window(size: size, strides: strides ?? size, padding: padding))
  }

  static func dense(_ units: Int, useBias: Bool = true) -> Tensors.Operation {
    .dense(units: units, useBias: useBias)
  }

  static let softmax = Tensors.Operation.activation(.softmax)

  static func image(_ height: Int, _ width: Int, _ channels: Int) -> ImageShape {
    ImageShape(height: height, width: width, channels: channels)
  }

  static let all: [NetworkCase] = [
    NetworkCase(
      "baseline, small", image(12, 12, 1),
      [
        conv(8, [3, 3]), .activation(.relu), pool([2, 2]), conv(16, [3, 3]), .activation(.relu),
        pool([2, 2]), .flatten, dense(20), .activation(.relu), .dropout(rate: 0.5), dense(10),
        softmax,
      ]),
    NetworkCase("softmax regression", image(4, 5, 1), [.flatten, dense(3), softmax]),
    NetworkCase(
      "no bias", image(4, 4, 2),
      [
        conv(3, [2, 2], useBias: false), .flatten, dense(4, useBias: false), softmax,
      ]),
    NetworkCase("1×1 image", image(1, 1, 1), [conv(3, [1, 1]), .flatten, dense(2), softmax]),
    NetworkCase(
      "3 channels, strides, odd shape", image(9, 7, 3),
      [
        conv(5, [3, 2], strides: [3, 2]), .activation(.tanh), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "same padding", image(7, 6, 3),
      [
        conv(17, [3, 3], padding: .same), .activation(.sigmoid),
        conv(5, [4, 4], strides: [2, 2], padding: .same), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "17 and 33 channels", image(6, 6, 17),
      [
        conv(33, [3, 3]), .activation(.relu), conv(16, [2, 2]), .flatten, dense(11), softmax,
      ]),
    NetworkCase(
      "few channels between convolutions", image(8, 8, 1),
      [
        conv(6, [3, 3]), .activation(.relu), conv(16, [3, 2], padding: .same), .activation(.tanh),
        pool([2, 2]), conv(3, [2, 2], useBias: false), conv(12, [1, 1]), .flatten, dense(4),
        softmax,
      ]),
    NetworkCase(
      "overlapping pooling, same padding", image(8, 7, 2),
      [
        conv(4, [1, 1]), pool([3, 3], strides: [2, 2], padding: .same), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "pooling first", image(6, 6, 1),
      [
        pool([2, 2]), conv(4, [2, 2]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "pooling first, 3 channels", image(6, 6, 3),
      [
        pool([2, 2]), conv(16, [2, 2]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "dropout of images", image(6, 6, 3),
      [
        conv(20, [3, 3]), .activation(.tanh), .dropout(rate: 0.3), conv(6, [2, 2]),
        .activation(.sigmoid), .dropout(rate: 0.25), .flatten, .dropout(rate: 0.5), dense(4),
        softmax,
      ]),
    NetworkCase(
      "activations of images and vectors, unfused", image(5, 5, 2),
      [
        conv(3, [2, 2]), pool([2, 2]), .activation(.tanh), .flatten, .activation(.sigmoid),
        .activation(.tanh), dense(7), .activation(.sigmoid), .activation(.relu), dense(3), softmax,
      ]),
    NetworkCase(
      "softmax inside, of images and vectors", image(5, 5, 2),
      [
        conv(6, [2, 2]), softmax, .flatten, dense(8), softmax, dense(3), softmax,
      ]),
    NetworkCase(
      "softmax of flattened images, then dense", image(4, 4, 2),
      [
        conv(5, [3, 3]), .flatten, softmax, dense(3), softmax,
      ]),
    NetworkCase(
      "no dense layer", image(6, 6, 1),
      [
        conv(16, [3, 3]), .activation(.relu), conv(3, [4, 4]), .flatten, softmax,
      ]),
    NetworkCase(
      "flattened image as classes", image(4, 4, 1),
      [
        conv(3, [3, 3]), .flatten, softmax,
      ]),
    NetworkCase(
      "relu, then dropout, then relu", image(3, 3, 1),
      [
        .flatten, dense(16), .activation(.relu), .dropout(rate: 0.5), .activation(.relu), dense(2),
        softmax,
      ]),
    NetworkCase("256 classes", image(3, 3, 1), [.flatten, dense(256), softmax]),
  ]
}

@Suite("oneDNN computes what the plain loops compute")
struct ConformanceTests {
  let laneSize = 4

  private func parameters(of graph: Graph) -> NamedTensors {
    var parameters = graph.initialParameters(seed: 3)
    // Biases start at zero; other values show more.
    for (index, entry) in parameters.entries.enumerated() where entry.name.hasSuffix(".bias") {
      let stream = RandomStream(seed: 9, purpose: .initialization, layer: index)
      for element in entry.tensor.values.indices {
        parameters.entries[index].tensor.values[element] = stream.uniform(element) - 0.5
      }
    }
    return parameters
  }

  private func batch(_ graph: Graph, count: Int) -> Batch {
    let samples = RandomSamples(
      count: 40, shape: graph.inputShape, classCount: graph.classCount)
    return Batch(source: samples, samples: Array(5..<5 + count)[...], seed: 7, epoch: 2)
  }

  /// Float32 carries 24 bits; sums of up to some hundred terms of mixed sign lose about 10 of them in the worst
  /// case seen, relative to the largest value of the tensor.
  private func expectClose(
    _ found: [Float], _ wanted: [Float], _ what: String, relative: Float = 2e-5
  ) {
    #expect(found.count == wanted.count, "\(what): count")
    let scale = max(wanted.lazy.map(abs).max() ?? 0, 1e-3)
    let worst = zip(found, wanted).map { abs($0 - $1) }.max() ?? 0
    #expect(worst <= relative * scale, "\(what): off by \(worst) where values reach \(scale)")
    #expect(!found.contains { !$0.isFinite }, "\(what): not finite")
  }

  @Test("probabilities and losses", arguments: NetworkCase.all, [1, 4, 11])
  func predictions(network: NetworkCase, count: Int) throws {
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

  @Test("gradients of every parameter, dropout on", arguments: NetworkCase.all, [1, 11])
  func gradients(network: NetworkCase, count: Int) throws {
    let parameters = parameters(of: network.graph)
    let batch = batch(network.graph, count: count)
    let results = try [ReferenceBackend() as any Backend, OneDNNBackend(threads: 2)].map {
      let program = try $0.compile(
        network.graph, laneSize: laneSize, mode: .training(NoUpdate()))
      try program.load(parameters)
      return try program.gradients(batch)
    }
    for (found, wanted) in zip(results[1].entries, results[0].entries) {
      #expect(found.name == wanted.name)
      expectClose(found.tensor.values, wanted.tensor.values, found.name)
    }
  }

  @Test("the plain loops' gradients agree with central differences", arguments: NetworkCase.all)
  func centralDifferences(network: NetworkCase) throws {
    let graph = network.graph
    let batch = batch(graph, count: 3)
    let tensors = parameters(of: graph)
    let program = try ReferenceBackend().compile(
      graph, laneSize: laneSize, mode: .training(NoUpdate()))
    try program.load(tensors)
    let gradients = try program.gradients(batch)
    let reference = ReferenceNetwork(graph)
    let images = batch.samples.map { sample in
      var pixels = [Float](repeating: 0, count: graph.inputShape.elementCount)
      batch.source.writeInput(of: sample, epoch: batch.epoch, to: &pixels)
      var targets = [Float](repeating: 0, count: graph.classCount)
      batch.source.writeTargets(of: sample, epoch: batch.epoch, to: &targets)
      return (
        pixels: pixels.map(Double.init), targets: targets,
        dropout: { (node: Int) in
          RandomStream(
            seed: batch.seed, purpose: .dropout, layer: node, epoch: batch.epoch, sample: sample)
        }
      )
    }
    var values = ReferenceNetwork.Parameters(
      uniqueKeysWithValues: tensors.entries.map { ($0.name, $0.tensor.values.map(Double.init)) })
    for entry in gradients.entries {
      let count = entry.tensor.values.count
      for index in stride(from: 0, to: count, by: max(1, count / 12)) {
        let original = values[entry.name]?[index] ?? 0
        let distance = 1e-5
        values[entry.name]?[index] = original + distance
        let above = reference.meanLoss(images, values)
        values[entry.name]?[index] = original - distance
        let below = reference.meanLoss(images, values)
        values[entry.name]?[index] = original
        let difference = (above - below) / (2 * distance)
        let gradient = Double(entry.tensor.values[index])
        #expect(abs(difference - gradient) < 1e-6 + 1e-4 * abs(gradient), "\(entry.name)[\(index)]")
      }
    }
  }

  @Test("no convolution falls back to the library's plain loops", arguments: [2, 3, 5, 8, 12, 17])
  func fastKernels(channels: Int) throws {
    let network = NetworkCase(
      "two convolutions", NetworkCase.image(9, 9, 1),
      [
        NetworkCase.conv(channels, [3, 3]), NetworkCase.conv(16, [3, 3]), .flatten,
        NetworkCase.dense(3), NetworkCase.softmax,
      ])
    let program = try OneDNNBackend(threads: 1).compile(
      network.graph, laneSize: 16, mode: .training(NoUpdate()))
    #expect(program.kernelChoices.filter { $0.contains(": ref") } == [])
  }
}
