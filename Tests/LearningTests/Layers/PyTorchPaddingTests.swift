import Foundation
import Learning
import ReferenceBackend
import Tensors
import Testing

/// What PyTorch's layers make of images with rows and columns around them; `Fixtures/make_padding_fixtures.py` wrote it.
@Suite struct PyTorchPaddingTests {
  struct Fixture: Decodable {
    let values: [PaddedCase]

    static let all = Result {
      try JSONDecoder().decode(Fixture.self, from: fixture("padding.json"))
    }
  }

  struct PaddedCase: Decodable, CustomTestStringConvertible {
    let layer: String
    let input: [Int]
    let numbers: [Float]
    let shape: [Int]
    let weights: [String: [Double]]
    let output: [Double]
    var testDescription: String { "\(layer) after \(input)" }
  }

  @Test(arguments: try Fixture.all.get().values)
  func `rows and columns around an image are PyTorch's`(layer: PaddedCase) throws {
    let input = ImageShape(
      height: layer.input[0], width: layer.input[1], channels: layer.input[2])
    let graph = try graph(of: layer.layer, after: [input])
    #expect(graph.nodes.last?.shape.lengths == layer.shape)
    let weights = layer.weights.map { ("it.\($0)", $1) }
    let source = RecordedSamples(
      images: Tensor(shape: [1] + layer.input, values: layer.numbers),
      labels: Tensor(shape: [1], values: [0]), classCount: 1)
    let pass = ReferenceNetwork(graph).forward(
      Batch(source: source, samples: [0]), Dictionary(uniqueKeysWithValues: weights), learns: false)
    let found = pass.values(of: graph.nodes.count - 1)[0]
    #expect(found.count == layer.output.count)
    // PyTorch computes in float32.
    for (a, b) in zip(found, layer.output) { #expect(abs(a - b) <= 5e-6 * max(1, abs(b))) }
  }
}
