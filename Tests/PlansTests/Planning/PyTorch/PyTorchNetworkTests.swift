import Datasets
import Diagnostics
import Foundation
import Plans
import ReferenceBackend
import Tensors
import Testing

/// A network of PyTorch's, its weights and its probabilities; `Fixtures/make_network.py` wrote them.
@Suite struct PyTorchNetworkTests {
  private struct Predictions: Decodable {
    let shape: [Int]
    let numbers: [Float]
    let probabilities: [Float]
  }

  /// The images of the fixture.
  private struct Images: SampleSource {
    let imageShape: ImageShape
    let numbers: [Float]
    let classCount = 4
    var count: Int { numbers.count / imageShape.elementCount }

    func label(of sample: Int) -> Int { 0 }

    func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
      let size = imageShape.elementCount
      for index in 0..<size { destination[index] = numbers[sample * size + index] }
    }
  }

  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures"
  private static let shape = ImageShape(height: 17, width: 14, channels: 3)

  /// The plan of network.yaml with `changes` in its text.
  private func plan(
    _ changes: [(String, String)] = []
  ) throws -> (plan: ExperimentPlan?, text: String) {
    let path = Self.folder + "/network.yaml"
    let text = changes.reduce(try String(contentsOfFile: path, encoding: .utf8)) {
      $0.replacing($1.0, with: $1.1)
    }
    let summary = DatasetSummary(
      imageShape: Self.shape, classNames: ["a", "b", "c", "d"], trainingCount: 100,
      testCount: 10)
    var diagnostics = Diagnostics()
    let plans = try PlanReader(DataLocations(), summarize: { _ in summary }).read(
      SourceFile(path: path, text: text), &diagnostics)
    return (plans.first, diagnostics.rendered())
  }

  private func predictions() throws -> Predictions {
    try JSONDecoder().decode(
      Predictions.self, from: Data(contentsOf: URL(fileURLWithPath: Self.folder + "/network.json")))
  }

  /// The largest difference of the probabilities to PyTorch's.
  private func difference(_ plan: ExperimentPlan) throws -> Float {
    let wanted = try predictions()
    let weights = try #require(plan.initialWeights)
    let program = try ReferenceBackend().compile(plan.graph, laneSize: 4, mode: .inference)
    try program.load(plan.graph.initialParameters(seed: 0, known: weights.parameters))
    let images = Images(imageShape: Self.shape, numbers: wanted.numbers)
    let found = try program.predict(Batch(source: images, samples: Array(0..<images.count)[...]))
    #expect(found.probabilities.count == wanted.probabilities.count)
    return zip(found.probabilities, wanted.probabilities).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test func `weights of PyTorch predict what they predict there`() throws {
    let read = try plan()
    let plan = try #require(read.plan, "\(read.text)")
    #expect(plan.initialWeights?.isPyTorch == true)
    #expect(try difference(plan) < 1e-5)
  }

  @Test func `layers of other names take what 'rename' calls so`() throws {
    let read = try plan([
      ("layer1_0_conv1", "first"), ("name: fc", "name: head"),
      (
        "weights: network.safetensors",
        "weights: {file: network.safetensors, rename: {layer1.0.conv1: first, fc.weight: head.weight, fc.bias: head.bias}}"
      ),
    ])
    #expect(try difference(#require(read.plan, "\(read.text)")) < 1e-5)
  }

  @Test func `what is not taken is left to be drawn`() throws {
    let read = try plan([
      ("units: 4, ", "units: 4, use_bias: false, "),
      ("weights: network.safetensors", "weights: {file: network.safetensors, except: [fc]}"),
    ])
    let plan = try #require(read.plan, "\(read.text)")
    #expect(plan.initialWeights?.parameters["layer1_0_conv2.kernel"]?.shape == [3, 3, 8, 8])
    #expect(plan.initialWeights?.parameters["fc.kernel"] == nil)
    #expect(try difference(plan) > 1e-3)
  }

  @Test func `a layer that does not fit is named as the file has it`() throws {
    let read = try plan([("filters: 6", "filters: 5")])
    #expect(
      read.text.contains(
        "error: the weights don't fit the model: 'conv1.weight' has shape [6, 3, 7, 7], but the network wants [5, 3, 7, 7], and 6 more\n"
      ), "\(read.text)")
    #expect(
      read.text.contains(
        "'{file: …, except: [conv1, bn1, layer1_0_conv1, layer1_0_downsample_0]}' begins anew what does not fit"
      ), "\(read.text)")
  }

  @Test func `a vector whose order PyTorch has not is refused`() throws {
    let read = try plan([
      ("    - flatten\n", "    - flatten\n    - layer_normalization\n"),
      (
        "weights: network.safetensors",
        "weights: {file: network.safetensors, except: [layer_normalization]}"
      ),
    ])
    #expect(
      read.text.contains(
        "'fc.weight' belongs to a vector in another order than PyTorch's 'Flatten' makes"),
      "\(read.text)")
  }
}
