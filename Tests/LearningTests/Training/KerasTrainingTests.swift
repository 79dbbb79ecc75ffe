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

  /// The weights before training.
  var weightsBefore: NamedTensors {
    NamedTensors(
      tensors.entries.filter { $0.name.hasPrefix("before/") }
        .map { .init(name: String($0.name.dropFirst("before/".count)), tensor: $0.tensor) })
  }
}

@Suite struct KerasTrainingTests {
  static let networks = [
    "odd_sizes", "grey_images", "residual", "mixed", "constrained", "attention",
  ]
  static let optimizers = [
    "adam": "adam", "momentum": "{type: sgd, learning_rate: 0.05, momentum: 0.9}",
  ]

  @Test(arguments: networks)
  func `weights have Keras's names and shapes`(network: String) throws {
    let training = try KerasTraining(network)
    let ours = training.layers.graph.parameters.map { "\($0.name) \($0.parameter.shape)" }
    let theirs = training.weightsBefore.entries.map { "\($0.name) \($0.tensor.shape)" }
    #expect(ours.sorted() == theirs.sorted())
  }

  /// Keras's numbers are float64's. The fixture gives a tolerance for each tensor: a property of the network, found by
  /// changing weights as rounding does, and the same for every CPU; see the script.
  @Test(arguments: networks, optimizers)
  func `twenty steps are Keras's`(network: String, optimizer: (key: String, value: String)) throws {
    let training = try KerasTraining(network)
    let declaration: OneOf<OptimizerCatalog> = try declared(optimizer.value)
    let program = try OneDNNBackend(threads: 2).compile(
      training.layers.graph, laneSize: 5, mode: .training(declaration.value.updateRule))
    try program.load(training.weightsBefore)
    let losses = try (0..<20).map { step in
      let first = step * 12 % training.samples.count
      let batch = Batch(source: training.samples, samples: Array(first..<first + 12)[...])
      let predictions = try program.train(
        batch,
        declaration.value.learningRate(step, in: TrainingLength(epochs: 1, stepsPerEpoch: 20)))
      return predictions.losses.reduce(0, +) / Float(predictions.losses.count)
    }
    var found = try program.parameters().entries.map { ($0.name, $0.tensor.values) }
    found.append(("losses", losses))
    for (name, values) in found {
      let wanted = try #require(training.tensors["\(optimizer.key)/\(name)"]).values
      let tolerance = try #require(training.tensors["\(optimizer.key)/\(name)/tolerance"]).values[0]
      #expect(values.count == wanted.count)
      let isClose = zip(values, wanted).allSatisfy { abs($0 - $1) <= tolerance }
      #expect(isClose, "\(name): \(values) instead of \(wanted)")
    }
  }
}
