import Diagnostics
import Exchange
import ReferenceBackend
import Tensors
import Testing

@Suite struct ONNXFileTests {
  /// The fixtures were confirmed by `python Tests/Interop/check_with_onnxruntime.py Tests/ExchangeTests/Fixtures`, which
  /// `make interop` repeats.
  @Test(arguments: ONNXFile.Input.allCases)
  func `every operation is what onnxruntime has confirmed`(input: ONNXFile.Input) throws {
    let layout = input == .float ? ONNXFile.Layout.nchw : .nhwc
    let model = EveryOperation().model(temperature: input == .float ? 1 : 1.75)
    let files = try ONNXFile.files(
      of: model, at: "a.onnx", ExportSettings(layout: layout, input: input, version: "0"))
    let check = "check_with_onnxruntime.py passes"
    try Fixture(name: "every-operation-\(input).onnx").expect(files[0].bytes, confirmedBy: check)
    try Fixture(name: "every-operation-\(input).safetensors").expect(
      Expectation(model, layout: layout, input: input, backend: ReferenceBackend()),
      confirmedBy: check)
  }

  @Test func `every value is made before it is taken, by a name of its own`() throws {
    let file = try #require(try ONNXReader(EveryOperation().model()))
    var known = Set(file.initializers.map(\.name) + file.inputs.map(\.name))
    #expect(known.count == file.initializers.count + 1)
    for node in file.nodes {
      // An optional input that is left out has no name.
      #expect(known.isSuperset(of: node.inputs.filter { !$0.isEmpty }), "\(node.name)")
      #expect(known.insert(node.outputs[0]).inserted, "\(node.name)")
    }
    #expect(Set(file.nodes.map(\.name)).count == file.nodes.count)
    #expect(known.contains("probabilities"))
  }

  @Test func `parameters keep their names, and nodes have those of their layers`() throws {
    let model = EveryOperation().model()
    let file = try #require(try ONNXReader(model))
    let names = Set(file.initializers.map(\.name))
    #expect(names.isSuperset(of: model.parameters.entries.map(\.name)))
    let convolution = try #require(file.nodes.first { $0.name == "conv2d/Conv" })
    #expect(convolution.inputs == ["images", "conv2d.kernel", "conv2d.bias"])
    let kernel = try #require(file.initializers.first { $0.name == "conv2d.kernel" })
    #expect(kernel.shape == [8, 3, 3, 3])
  }

  @Test func `images are floats with channels first unless others are asked for`() throws {
    let model = EveryOperation().model()
    let plain = try #require(try ONNXReader(model))
    #expect(
      plain.inputs == [.init(name: "images", elementType: 1, axes: ["batch", "3", "9", "8"])])
    #expect(
      plain.outputs == [.init(name: "probabilities", elementType: 1, axes: ["batch", "4"])])
    let bytes = try #require(try ONNXReader(model, layout: .nhwc, input: .bytes))
    #expect(
      bytes.inputs == [.init(name: "images", elementType: 2, axes: ["batch", "9", "8", "3"])])
    #expect(bytes.nodes.prefix(4).map(\.type) == ["Transpose", "Cast", "Sub", "Div"])
  }

  @Test func `a vector for dense layers alone needs no transposition`() throws {
    var graph = Graph(
      input: ImageShape(height: 4, width: 4, channels: 2), loss: PlainCrossentropy())
    graph.append(.flatten, layer: "flatten", input: 0)
    graph.append(.activation(.relu), layer: "relu", input: 1)
    graph.append(.dense(units: 3, useBias: true), layer: "dense", input: 2)
    graph.append(.activation(.softmax), layer: "dense", input: 3)
    let file = try #require(try ONNXReader(graph.model))
    #expect(file.nodes.map(\.type) == ["Flatten", "Relu", "Gemm", "Softmax"])
  }

  @Test func `a window as large as the image is a global pooling, unless it reads beyond it`()
    throws
  {
    for (padding, type) in [
      (Window.Padding.valid, "GlobalAveragePool"),
      (.explicit(before: [1, 1], after: [1, 1]), "AveragePool"),
    ] {
      var graph = Graph(
        input: ImageShape(height: 3, width: 3, channels: 2), loss: PlainCrossentropy())
      let window = Window(size: [3, 3], strides: [3, 3], padding: padding)
      graph.append(.pooling2D(.average, window), layer: "pool", input: 0)
      graph.append(.flatten, layer: "flatten", input: 1)
      graph.append(.activation(.softmax), layer: "softmax", input: 2)
      let file = try #require(try ONNXReader(graph.model))
      #expect(file.nodes.map(\.type) == [type, "Flatten", "Softmax"])
    }
  }

  @Test func `a temperature divides what the last softmax takes`() throws {
    let file = try #require(try ONNXReader(EveryOperation().model(temperature: 2)))
    #expect(file.nodes.suffix(3).map(\.type) == ["Gemm", "Div", "Softmax"])
    #expect(file.metadata["output"]?.hasSuffix("calibrated by the temperature 2.0") == true)
    #expect(file.metadata["threshold"] == nil)
  }

  /// What every temperature is held against here. SciPy: `softmax(log([0.7, 0.2, 0.1]) / 1.75)`.
  @Test func `a temperature above 1 makes probabilities more even`() {
    let expected: [Float] = [0.5501498, 0.2688964, 0.1809538]
    for (value, wanted) in zip([0.7, 0.2, 0.1][...].tempered(by: 1.75), expected) {
      #expect(abs(value - wanted) < 1e-6)
    }
  }

  @Test func `the file says what it holds`() throws {
    let file = try #require(try ONNXReader(EveryOperation().model()))
    #expect(file.opsets == [17])
    #expect(file.producer == ["exp", "0"])
    #expect(file.metadata["experiment"] == "every-operation")
    #expect(file.metadata["spec_hash"] == "0123abcd")
    #expect(file.metadata["class_names"] == #"["ant","bée","\"c\"","d"]"#)
    #expect(file.metadata["shift"] == "[10.0,100.5,200.0]")
    #expect(file.metadata["divisor"] == "[50.0,60.25,70.0]")
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

extension Graph {
  /// The network with unusual parameters and plain images.
  var model: ExportedModel {
    let channels = inputShape.channels
    return ExportedModel(
      name: "network", specHash: "0", graph: self, parameters: unusualParameters,
      shift: [Double](repeating: 0, count: channels),
      divisor: [Double](repeating: 255, count: channels),
      classNames: (0..<classCount).map(String.init))
  }
}
