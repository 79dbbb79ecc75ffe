import Diagnostics
import Foundation
import Learning
import OneDNNBackend
import ReferenceBackend
import Specs
import Tensors
import Testing

/// Keras's BinaryCrossentropy of one sigmoid; `Fixtures/make_binary_fixtures.py` wrote it.
struct BinaryFile: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    let spec: String
    let losses, probabilities, kernel, bias: [Double]
    var testDescription: String { spec }
  }

  let inputs, kernel, bias: [Float]
  let labels: [Int]
  let cases: [Case]

  static func read() throws -> BinaryFile {
    try JSONDecoder().decode(BinaryFile.self, from: fixture("binary.json"))
  }
}

@Suite struct BinaryCrossentropyTests {
  private static let shape = ImageShape(height: 1, width: 1, channels: 3)

  /// The layer graph of `layers` with `loss` for `classCount` classes, or what is wrong with it.
  private func network(
    _ layers: String, _ loss: String, classCount: Int = 2
  ) throws -> (graph: LayerGraph?, findings: String) {
    var diagnostics = Diagnostics()
    let loss: OneOf<LossCatalog> = try declared(loss)
    let graph = LayerGraph(
      try declared(layers), input: Self.shape, classCount: classCount, loss: loss.value,
      &diagnostics)
    return (graph, diagnostics.rendered())
  }

  private static let sigmoid =
    "layers: [flatten, {type: dense, units: 1, activation: sigmoid, name: last}]"

  @Test(arguments: try BinaryFile.read().cases, [true, false])
  func `probabilities, losses and gradients are Keras's`(
    expected: BinaryFile.Case, isReference: Bool
  ) throws {
    let file = try BinaryFile.read()
    let loss: OneOf<LossCatalog> = try declared(expected.spec)
    let graph = try #require(try network(Self.sigmoid, expected.spec).graph).graph
    let samples = loss.value.weighted(
      RecordedSamples(
        images: Tensor(shape: [file.labels.count, 1, 1, 3], values: file.inputs),
        labels: Tensor(shape: [file.labels.count], values: file.labels.map(Float.init)),
        classCount: 2))
    let backend: any Backend = isReference ? ReferenceBackend() : OneDNNBackend(threads: 1)
    let optimizer: OneOf<OptimizerCatalog> = try declared("sgd")
    let program = try backend.compile(
      graph, laneSize: 4, mode: .training(optimizer.value.updateRule))
    try program.load(
      NamedTensors([
        .init(name: "last.kernel", tensor: Tensor(shape: [3, 1], values: file.kernel)),
        .init(name: "last.bias", tensor: Tensor(shape: [1], values: file.bias)),
      ]))
    let batch = Batch(source: samples, samples: Array(file.labels.indices)[...])
    let predictions = try program.predict(batch)
    #expect(predictions.classCount == 2)
    for (sample, wanted) in expected.probabilities.enumerated() {
      let row = predictions.probabilities[2 * sample..<2 * sample + 2].map(Double.init)
      #expect(abs(row[1] - wanted) < 1e-6)
      #expect(abs(row[0] - (1 - wanted)) < 1e-6)
      let loss = expected.losses[sample]
      #expect(abs(Double(predictions.losses[sample]) - loss) < 1e-5 * max(1, loss))
    }
    let gradients = try program.gradients(batch)
    for (name, wanted) in [("last.kernel", expected.kernel), ("last.bias", expected.bias)] {
      for (ours, theirs) in zip(try #require(gradients[name]).values, wanted) {
        #expect(abs(Double(ours) - theirs) < 1e-5 * max(1, abs(theirs)), "\(name)")
      }
    }
  }

  @Test func `the layer keeps its one output in tables`() throws {
    let graph = try #require(try network(Self.sigmoid, "binary_crossentropy").graph)
    #expect(graph.layers.last?.outputShape == ImageShape(flat: 1))
    #expect(graph.graph.classCount == 2)
    #expect(graph.parameterCount == 4)
  }

  @Test func `the sigmoid may be a layer of its own`() throws {
    let (graph, findings) = try network(
      "layers: [flatten, {type: dense, units: 1}, sigmoid]", "binary_crossentropy")
    #expect(findings == "")
    #expect(graph?.graph.classCount == 2)
  }

  @Test(arguments: [
    (
      Self.sigmoid, "binary_crossentropy", 3,
      "'binary_crossentropy' tells two classes apart, but the data has 3",
      "take 'loss: categorical_crossentropy', and end with '- {type: dense, units: 3, activation: softmax}'"
    ),
    (
      Self.sigmoid, "categorical_crossentropy", 3,
      "the model ends in 1 values per image, but the data has 3 classes",
      "end with '- {type: dense, units: 3, activation: softmax}'"
    ),
    (
      Self.sigmoid, "categorical_crossentropy", 2,
      "the model ends in 1 values per image, but the data has 2 classes",
      "'loss: binary_crossentropy' takes a single probability of two classes"
    ),
    (
      "layers: [flatten, {type: dense, units: 2, activation: softmax}]", "binary_crossentropy", 2,
      "'binary_crossentropy' takes one probability per image, but the model ends in 2 values",
      "end with '- {type: dense, units: 1, activation: sigmoid}', or take 'loss: categorical_crossentropy'"
    ),
    (
      "layers: [flatten, {type: dense, units: 1}]", "binary_crossentropy", 2,
      "'binary_crossentropy' needs a probability, but the model does not end in a sigmoid",
      "give the last layer 'activation: sigmoid'"
    ),
    (
      "layers: [flatten, {type: dense, units: 1, activation: softmax}]", "binary_crossentropy", 2,
      "'binary_crossentropy' needs a probability, but the model does not end in a sigmoid",
      "give the last layer 'activation: sigmoid'"
    ),
  ])
  func `what does not fit is named at the last layer, with a way out`(
    layers: String, loss: String, classCount: Int, message: String, hint: String
  ) throws {
    let (graph, findings) = try network(layers, loss, classCount: classCount)
    #expect(graph == nil)
    #expect(findings.contains("a.yaml:1:"))
    #expect(findings.contains("error: \(message)\n"))
    #expect(findings.contains("hint: \(hint)"))
  }
}
