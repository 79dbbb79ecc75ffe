import Diagnostics
import Exchange
import ExportedNetworks
import Foundation
import ReferenceBackend
import Tensors
import Testing

@Suite struct ONNXFileTests {
  private let everything = ExportedNetwork.everything.model

  /// `Tests/Interop/check_with_onnxruntime.py` has confirmed the fixtures, and does so again in `make interop`.
  @Test(arguments: ONNXVariant.allCases)
  func `a network with everything is what onnxruntime has confirmed`(variant: ONNXVariant) throws {
    let network = ExportedNetwork.everything
    let name = "everything.\(variant.rawValue).onnx"
    let bytes = try variant.bytes(network.model)
    let fixture = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil)
    let confirmed = try fixture.map { try Data(contentsOf: $0) }
    let folder = NSTemporaryDirectory()
    if confirmed != Data(bytes) {
      try Data(bytes).write(to: URL(fileURLWithPath: folder + name))
      try network.writeExpectations(to: folder)
    }
    #expect(confirmed == Data(bytes), "the file is \(folder)\(name)")
  }

  @Test func `every value is made before it is taken, by a name of its own`() throws {
    let file = try #require(try ONNXReader(everything))
    var known = Set(file.initializers.map(\.name) + file.inputs.map(\.name))
    #expect(known.count == file.initializers.count + 1)
    for node in file.nodes {
      #expect(known.isSuperset(of: node.inputs), "\(node.name)")
      #expect(known.insert(node.outputs[0]).inserted, "\(node.name)")
    }
    #expect(Set(file.nodes.map(\.name)).count == file.nodes.count)
    #expect(known.contains("probabilities"))
  }

  @Test func `parameters keep their names, and nodes have those of their layers`() throws {
    let model = everything
    let file = try #require(try ONNXReader(model))
    let names = Set(file.initializers.map(\.name))
    #expect(names.isSuperset(of: model.parameters.entries.map(\.name)))
    let convolution = try #require(file.nodes.first { $0.name == "stem/Conv" })
    #expect(convolution.inputs == ["images", "stem.kernel", "stem.bias"])
    let kernel = try #require(file.initializers.first { $0.name == "stem.kernel" })
    #expect(kernel.shape == [8, 3, 3, 3])
  }

  @Test func `images are floats with channels first unless others are asked for`() throws {
    let model = everything
    let plain = try #require(try ONNXReader(model))
    #expect(
      plain.inputs == [.init(name: "images", elementType: 1, axes: ["batch", "3", "12", "10"])])
    #expect(
      plain.outputs == [.init(name: "probabilities", elementType: 1, axes: ["batch", "4"])])
    let bytes = try #require(try ONNXReader(model, layout: .nhwc, input: .bytes))
    #expect(
      bytes.inputs == [.init(name: "images", elementType: 2, axes: ["batch", "12", "10", "3"])])
    #expect(bytes.nodes.prefix(4).map(\.type) == ["Transpose", "Cast", "Sub", "Div"])
  }

  @Test func `a vector for dense layers alone needs no transposition`() throws {
    var graph = Graph(
      input: ImageShape(height: 4, width: 4, channels: 2), loss: PlainCrossentropy())
    graph.append(.flatten, layer: "flatten", input: 0)
    graph.append(.activation(.relu), layer: "relu", input: 1)
    graph.append(.dense(units: 3, useBias: true), layer: "dense", input: 2)
    graph.append(.activation(.softmax), layer: "dense", input: 3)
    let file = try #require(try ONNXReader(ExportedNetwork(name: "a", graph: graph).model))
    #expect(file.nodes.map(\.type) == ["Flatten", "Relu", "Gemm", "Softmax"])
  }

  @Test func `a temperature divides what the last softmax takes`() throws {
    let file = try #require(try ONNXReader(everything))
    #expect(file.nodes.suffix(3).map(\.type) == ["Gemm", "Div", "Softmax"])
    #expect(file.metadata["output"]?.hasSuffix("calibrated by the temperature 1.37") == true)
  }

  @Test func `the file says what it holds`() throws {
    let file = try #require(try ONNXReader(everything))
    #expect(file.opsets == [17])
    #expect(file.producer == ["exp", "0"])
    #expect(file.metadata["experiment"] == "everything")
    #expect(file.metadata["spec_hash"] == everything.specHash)
    #expect(file.metadata["class_names"] == #"["cat","dog","a \"quoted\"\nline","Käse"]"#)
    #expect(file.metadata["shift"] == "[120.5,121.5,122.5]")
    #expect(file.metadata["divisor"] == "[127.5,128.5,129.5]")
  }

  @Test func `weights of 2 GiB are refused, with a way out`() throws {
    var graph = Graph(
      input: ImageShape(height: 1, width: 1, channels: 1 << 15), loss: PlainCrossentropy())
    graph.append(.flatten, layer: "flatten", input: 0)
    graph.append(.dense(units: 1 << 14, useBias: false), layer: "dense", input: 1)
    graph.append(.activation(.softmax), layer: "dense", input: 2)
    // The weights themselves are not even looked at.
    let model = ExportedModel(
      name: "a", specHash: "b", graph: graph, parameters: NamedTensors(), shift: [], divisor: [],
      classNames: [])
    let error = #expect(throws: ONNXError.self) { try ONNXReader(model) }
    #expect(error == .tooLarge(byteCount: 1 << 31))
    #expect(error?.description.contains("--format safetensors") == true)
  }
}
