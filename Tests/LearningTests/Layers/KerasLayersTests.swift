import Foundation
import Learning
import ReferenceBackend
import Tensors
import Testing

/// What Keras's layers make of their inputs; `Fixtures/make_layer_fixtures.py` wrote it.
@Suite struct KerasLayersTests {
  struct Fixture: Decodable {
    let shapes: [ShapeCase]
    let values: [ValueCase]

    static let all = Result { try JSONDecoder().decode(Fixture.self, from: fixture("layers.json")) }
  }

  struct ShapeCase: Decodable, CustomTestStringConvertible {
    let layer: String
    let inputs: [[Int]]
    let output: [Int]
    let parameters: Int
    var testDescription: String { "\(layer) after \(inputs)" }
  }

  struct ValueCase: Decodable, CustomTestStringConvertible {
    let layer: String
    let input: [Int]
    let numbers: [Float]
    let weights: [String: [Float]]
    let output: [Double]
    var testDescription: String { "\(layer) after \(input)" }
  }

  private func shape(_ lengths: [Int]) -> ImageShape {
    lengths.count == 1
      ? ImageShape(flat: lengths[0])
      : ImageShape(height: lengths[0], width: lengths[1], channels: lengths[2])
  }

  @Test func `every layer is compared`() throws {
    let fixture = try Fixture.all.get()
    for type in LayerCatalog.all.map({ $0.type }) {
      #expect(
        fixture.shapes.contains {
          $0.layer == type || $0.layer.hasPrefix("{type: \(type),") || $0.layer == "{type: \(type)}"
        }, "\(type)")
    }
  }

  @Test(arguments: try Fixture.all.get().shapes)
  func `shapes and numbers of parameters are Keras's`(layer: ShapeCase) throws {
    let graph = try graph(of: layer.layer, after: layer.inputs.map(shape))
    let last = try #require(graph.nodes.last)
    #expect(last.shape.lengths == layer.output)
    #expect(graph.parameters.reduce(0) { $0 + $1.parameter.count } == layer.parameters)
  }

  @Test(arguments: try Fixture.all.get().values)
  func `what is predicted is Keras's`(layer: ValueCase) throws {
    let input = shape(layer.input)
    let graph = try graph(of: layer.layer, after: [input])
    #expect(Set(graph.parameters.map(\.name)) == Set(layer.weights.keys.map { "it.\($0)" }))
    let weights = layer.weights.map { ("it.\($0)", $1.map(Double.init)) }
    let source = RecordedSamples(
      images: Tensor(shape: [1, input.height, input.width, input.channels], values: layer.numbers),
      labels: Tensor(shape: [1], values: [0]), classCount: 1)
    let pass = ReferenceNetwork(graph).forward(
      Batch(source: source, samples: [0]), Dictionary(uniqueKeysWithValues: weights), learns: false)
    let found = pass.values(of: graph.nodes.count - 1)[0]
    #expect(found.count == layer.output.count)
    // Keras computes in float32.
    for (a, b) in zip(found, layer.output) { #expect(abs(a - b) <= 5e-6 * max(1, abs(b))) }
  }
}
