/// The messages of ONNX, with the fields that an export fills. Numbers of fields and types are those of `onnx.proto`.
///
/// Source: https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto
enum ONNX {
  /// A whole file.
  struct Model {
    let irVersion: Int
    let opset: Int
    let producerName: String
    let producerVersion: String
    let graph: Graph
    /// In the order in which readers show it.
    let metadata: [(key: String, value: String)]

    var message: ProtobufMessage {
      var message = ProtobufMessage()
      message.add(1, irVersion)
      message.add(2, producerName)
      message.add(3, producerVersion)
      message.add(7, graph.message)
      var operators = ProtobufMessage()
      // The empty domain is that of ONNX itself.
      operators.add(1, "")
      operators.add(2, opset)
      message.add(8, operators)
      for (key, value) in metadata {
        var entry = ProtobufMessage()
        entry.add(1, key)
        entry.add(2, value)
        message.add(14, entry)
      }
      return message
    }
  }

  /// The nodes, each after those whose results it takes.
  struct Graph {
    let name: String
    let nodes: [Node]
    let initializers: [Tensor]
    let input: Value
    let output: Value

    var message: ProtobufMessage {
      var message = ProtobufMessage()
      for node in nodes { message.add(1, node.message) }
      message.add(2, name)
      for tensor in initializers { message.add(5, tensor.message) }
      message.add(11, input.message)
      message.add(12, output.message)
      return message
    }
  }

  /// An operator with one result.
  struct Node {
    let type: String
    let name: String
    let inputs: [String]
    var output: String
    let attributes: [Attribute]

    var message: ProtobufMessage {
      var message = ProtobufMessage()
      for input in inputs { message.add(1, input) }
      message.add(2, output)
      message.add(3, name)
      message.add(4, type)
      for attribute in attributes { message.add(5, attribute.message) }
      return message
    }
  }

  /// A setting of an operator.
  enum Attribute {
    case float(String, Float)
    case integer(String, Int)
    case integers(String, [Int])
    case text(String, String)

    var message: ProtobufMessage {
      var message = ProtobufMessage()
      switch self {
      case .float(let name, let value):
        message.add(1, name)
        message.add(2, value)
        message.add(20, 1)
      case .integer(let name, let value):
        message.add(1, name)
        message.add(3, value)
        message.add(20, 2)
      case .integers(let name, let values):
        message.add(1, name)
        for value in values { message.add(8, value) }
        message.add(20, 7)
      case .text(let name, let value):
        message.add(1, name)
        message.add(4, value)
        message.add(20, 3)
      }
      return message
    }
  }

  /// The type of a tensor's elements.
  enum ElementType: Int {
    case float = 1
    case uint8 = 2
    case int64 = 7
  }

  /// A constant: a parameter, or a number that an operator takes as an input.
  struct Tensor {
    let name: String
    let shape: [Int]
    let values: Values

    enum Values {
      case floats([Float])
      case integers([Int])
    }

    var message: ProtobufMessage {
      var message = ProtobufMessage()
      for length in shape { message.add(1, length) }
      message.add(2, elementType.rawValue)
      message.add(8, name)
      // `raw_data` is little-endian, as the machines are that this runs on.
      switch values {
      case .floats(let values): message.add(9, values.withUnsafeBytes(Array.init))
      case .integers(let values): message.add(9, values.withUnsafeBytes(Array.init))
      }
      return message
    }

    private var elementType: ElementType {
      switch values {
      case .floats: .float
      case .integers: .int64
      }
    }
  }

  /// An input or output of the graph, for any number of images.
  struct Value {
    let name: String
    let elementType: ElementType
    /// The shape for one image.
    let shape: [Int]

    var message: ProtobufMessage {
      var dimensions = ProtobufMessage()
      var batch = ProtobufMessage()
      batch.add(2, "batch")
      dimensions.add(1, batch)
      for length in shape {
        var dimension = ProtobufMessage()
        dimension.add(1, length)
        dimensions.add(1, dimension)
      }
      var tensor = ProtobufMessage()
      tensor.add(1, elementType.rawValue)
      tensor.add(2, dimensions)
      var type = ProtobufMessage()
      type.add(1, tensor)
      var message = ProtobufMessage()
      message.add(1, name)
      message.add(2, type)
      return message
    }
  }
}
