import Exchange

/// An ONNX file as a reader sees it.
struct ONNXReader {
  struct Node {
    let type: String
    let name: String
    let inputs: [String]
    let outputs: [String]
  }

  /// An input or output, its first axis named and the others numbers.
  struct Value: Equatable {
    let name: String
    let elementType: Int
    let axes: [String]
  }

  let opsets: [Int]
  let producer: [String]
  let metadata: [String: String]
  let nodes: [Node]
  let initializers: [(name: String, shape: [Int])]
  let inputs: [Value]
  let outputs: [Value]

  /// Reads `bytes`; nil if they are no such file.
  init?(_ bytes: [UInt8]) {
    guard let file = ProtobufReader(bytes), let graph = file.messages(7).first else { return nil }
    opsets = file.messages(8).flatMap { $0.integers(2) }
    producer = file.texts(2) + file.texts(3)
    metadata = Dictionary(
      uniqueKeysWithValues: file.messages(14).map { ($0.texts(1)[0], $0.texts(2)[0]) })
    nodes = graph.messages(1).map {
      Node(type: $0.texts(4)[0], name: $0.texts(3)[0], inputs: $0.texts(1), outputs: $0.texts(2))
    }
    initializers = graph.messages(5).map { ($0.texts(8)[0], $0.integers(1)) }
    inputs = graph.messages(11).map(Value.init)
    outputs = graph.messages(12).map(Value.init)
  }

  /// The file of `model`.
  init?(
    _ model: ExportedModel, layout: ONNXFile.Layout = .nchw, input: ONNXFile.Input = .float
  ) throws {
    let files = try ONNXFile.files(
      of: model, at: "a.onnx", ExportSettings(layout: layout, input: input, version: "0"))
    self.init(files[0].bytes)
  }
}

extension ONNXReader.Value {
  init(_ message: ProtobufReader) {
    let tensor = message.messages(2)[0].messages(1)[0]
    name = message.texts(1)[0]
    elementType = tensor.integers(1)[0]
    axes = tensor.messages(2)[0].messages(1).map {
      $0.texts(2).first ?? $0.integers(1).map(String.init).joined()
    }
  }
}
