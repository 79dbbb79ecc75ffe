import Foundation
import Learning
import OneDNNBackend
import ReferenceBackend
import Specs
import Tensors
import Testing

/// Twenty training steps in Keras; `Fixtures/make_training_fixtures.py` wrote them.
struct KerasTraining {
  let tensors: NamedTensors
  let layers: LayerGraph
  let samples: RecordedSamples

  init(_ name: String) throws {
    tensors = try Safetensors.decode([UInt8](fixture("networks/\(name).safetensors")))
    let images = try #require(tensors["images"])
    let last = try #require(tensors.entries.last { $0.name.hasPrefix("before/dense") })
    samples = RecordedSamples(
      images: images, labels: try #require(tensors["labels"]),
      classCount: try #require(last.tensor.shape.last))
    let yaml = String(decoding: try fixture("networks/\(name).yaml"), as: UTF8.self)
    let model = try model(yaml, input: samples.imageShape, classCount: samples.classCount)
    #expect(model.findings == "")
    layers = try #require(model.graph)
  }

  /// The weights `before` training, or after that of an optimizer.
  func weights(_ time: String) -> NamedTensors {
    NamedTensors(
      tensors.entries.filter { $0.name.hasPrefix("\(time)/") && !$0.name.hasSuffix("/losses") }
        .map { .init(name: String($0.name.dropFirst(time.count + 1)), tensor: $0.tensor) })
  }
}

@Suite struct KerasTrainingTests {
  static let networks = ["odd_sizes", "grey_images", "residual", "mixed"]
  static let optimizers = [
    "adam": "adam", "momentum": "{type: sgd, learning_rate: 0.05, momentum: 0.9}",
  ]

  @Test(arguments: networks)
  func `weights have Keras's names and shapes`(network: String) throws {
    let training = try KerasTraining(network)
    let ours = training.layers.graph.parameters.map { "\($0.name) \($0.parameter.shape)" }
    let theirs = training.weights("before").entries.map { "\($0.name) \($0.tensor.shape)" }
    #expect(ours.sorted() == theirs.sorted())
  }

  @Test(arguments: networks, optimizers)
  func `twenty steps are Keras's`(network: String, optimizer: (key: String, value: String)) throws {
    let training = try KerasTraining(network)
    let declaration: OneOf<OptimizerCatalog> = try declared(optimizer.value)
    let program = try OneDNNBackend(threads: 2).compile(
      training.layers.graph, laneSize: 5, mode: .training(declaration.value.updateRule))
    let before = training.weights("before")
    try program.load(before)
    let losses = try #require(training.tensors["\(optimizer.key)/losses"]).values
    #expect(losses.count == 20)
    for (step, wanted) in losses.enumerated() {
      let first = step * 12 % training.samples.count
      let batch = Batch(source: training.samples, samples: Array(first..<first + 12)[...])
      let predictions = try program.train(
        batch,
        declaration.value.learningRate(step, in: TrainingLength(epochs: 1, stepsPerEpoch: 20)))
      let loss = predictions.losses.reduce(0, +) / Float(predictions.losses.count)
      #expect(abs(loss - wanted) <= 1e-4 * wanted, "step \(step): \(loss), Keras \(wanted)")
    }
    let after = training.weights(optimizer.key)
    for entry in try program.parameters().entries {
      let wanted = try #require(after[entry.name]).values
      let start = try #require(before[entry.name]).values
      let moved = zip(wanted, start).map { abs($0 - $1) }.max() ?? 0
      let worst = zip(entry.tensor.values, wanted).map { abs($0 - $1) }.max() ?? 0
      // Both sum in float32, each in its own order, which twenty steps carry on: 1.2e-5 of the way at most
      // was seen with adam, which makes steps of one size out of small gradients, and 2e-6 without. Batch
      // normalization leaves gradients that nearly cancel: there 4.5e-6 was seen with adam.
      #expect(
        worst <= max(1e-4 * moved, 1e-5),
        "\(entry.name): off by \(worst) after moving by \(moved)")
    }
  }
}
