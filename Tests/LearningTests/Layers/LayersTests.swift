import Learning
import Specs
import Tensors
import Testing

/// One layer on one input, with what Keras's `summary()` says of it.
struct LayerCase: Sendable, CustomTestStringConvertible {
  let yaml: String
  let input: ImageShape
  let output: String
  var parameters: [String] = []
  var testDescription: String { "\(yaml) on \(input)" }

  static let image = ImageShape(height: 9, width: 7, channels: 3)
  static let vector = ImageShape(flat: 12)
  static let all = [
    LayerCase(
      yaml: "{type: conv2d, filters: 5, kernel_size: 3}", input: image, output: "7×5×5",
      parameters: ["kernel [3, 3, 3, 5]", "bias [5]"]),
    LayerCase(
      yaml: "{type: conv2d, filters: 5, kernel_size: [4, 2], strides: [2, 3], padding: same}",
      input: image, output: "5×3×5", parameters: ["kernel [4, 2, 3, 5]", "bias [5]"]),
    LayerCase(
      yaml: "{type: conv2d, filters: 2, kernel_size: 1, use_bias: false, activation: tanh}",
      input: image, output: "9×7×2", parameters: ["kernel [1, 1, 3, 2]"]),
    LayerCase(
      yaml: "{type: conv2d, filters: 1, kernel_size: [9, 7]}", input: image, output: "1×1×1",
      parameters: ["kernel [9, 7, 3, 1]", "bias [1]"]),
    LayerCase(yaml: "max_pooling2d", input: image, output: "4×3×3"),
    LayerCase(yaml: "{type: max_pooling2d, padding: same}", input: image, output: "5×4×3"),
    LayerCase(yaml: "{type: max_pooling2d, pool_size: 3}", input: image, output: "3×2×3"),
    LayerCase(
      yaml: "{type: max_pooling2d, pool_size: [3, 2], strides: 1}", input: image, output: "7×6×3"),
    LayerCase(yaml: "flatten", input: image, output: "189"),
    LayerCase(yaml: "flatten", input: vector, output: "12"),
    LayerCase(
      yaml: "{type: dense, units: 4, activation: sigmoid}", input: vector, output: "4",
      parameters: ["kernel [12, 4]", "bias [4]"]),
    LayerCase(
      yaml: "{type: dense, units: 4, use_bias: false}", input: vector, output: "4",
      parameters: ["kernel [12, 4]"]),
    LayerCase(yaml: "{type: dropout, rate: 0.5}", input: image, output: "9×7×3"),
    LayerCase(yaml: "{type: dropout, rate: 0}", input: vector, output: "12"),
    LayerCase(yaml: "relu", input: image, output: "9×7×3"),
    LayerCase(yaml: "tanh", input: vector, output: "12"),
    LayerCase(yaml: "sigmoid", input: image, output: "9×7×3"),
    LayerCase(yaml: "softmax", input: vector, output: "12"),
  ]
}

@Suite struct LayersTests {
  @Test(arguments: LayerCase.all)
  func `shapes and parameters are Keras's`(layer: LayerCase) throws {
    let found = try nodes(layer.yaml, after: layer.input)
    #expect(found.last?.shape.description == layer.output)
    #expect(found.flatMap(\.parameters).map { "\($0.name) \($0.shape)" } == layer.parameters)
    #expect(found.allSatisfy { $0.layer == "it" })
  }

  @Test func `kernels start as Glorot and Bengio's, biases at zero`() throws {
    let found = try nodes("{type: conv2d, filters: 5, kernel_size: [4, 2]}", after: LayerCase.image)
    #expect(
      found[0].parameters.map(\.initializer) == [
        .glorotUniform(fanIn: 4 * 2 * 3, fanOut: 4 * 2 * 5), .zeros,
      ])
  }

  @Test(arguments: ["relu", "tanh", "sigmoid", "softmax"])
  func `an activation is the same as a field and as a layer`(name: String) throws {
    let function = try #require(ActivationFunction(rawValue: name))
    let field = try nodes("{type: dense, units: 4, activation: \(name)}", after: LayerCase.vector)
    #expect(field.map(\.operation) == [.dense(units: 4, useBias: true), .activation(function)])
    #expect(try nodes(name, after: LayerCase.vector).map(\.operation) == [.activation(function)])
  }

  @Test(
    arguments: [
      (
        "{type: conv2d, filters: 5, kernel_size: [10, 3]}", LayerCase.image,
        "the 10×3 window of 'conv2d' is larger than its input, 9×7×3",
        "use a smaller window, 'padding: same', or fewer layers that shrink the image before it"
      ),
      (
        "{type: max_pooling2d, pool_size: 8}", LayerCase.image,
        "the 8×8 window of 'max_pooling2d' is larger than its input, 9×7×3",
        "use a smaller window, 'padding: same', or fewer layers that shrink the image before it"
      ),
      (
        "{type: conv2d, filters: 5, kernel_size: 1}", LayerCase.vector,
        "'conv2d' needs an image (height×width×channels), got a vector of 12",
        "put it before the layer that makes a vector"
      ),
      (
        "max_pooling2d", LayerCase.vector,
        "'max_pooling2d' needs an image (height×width×channels), got a vector of 12",
        "put it before the layer that makes a vector"
      ),
      (
        "{type: dense, units: 4}", LayerCase.image, "'dense' needs a flat input, got 9×7×3",
        "insert '- {type: flatten}' before it"
      ),
    ] as [(String, ImageShape, String, String)])
  func `an input that a layer does not take is refused`(
    yaml: String, input: ImageShape, message: String, hint: String
  ) throws {
    let error = #expect(throws: LayerError.self) { try nodes(yaml, after: input) }
    #expect(error?.message == message)
    #expect(error?.hint == hint)
  }

  @Test(
    arguments: [
      "{type: conv2d, filters: 0, kernel_size: 3}": "must be at least 1, got 0",
      "{type: conv2d, filters: 1, kernel_size: [3, 0]}": "must be at least 1, got [3,0]",
      "{type: conv2d, filters: 1, kernel_size: 1, strides: 0}": "must be at least 1, got 0",
      "{type: max_pooling2d, pool_size: -2}": "must be at least 1, got -2",
      "{type: max_pooling2d, strides: 0}": "must be at least 1, got 0",
      "{type: dense, units: -1}": "must be at least 1, got -1",
      "{type: dropout, rate: 1}": "must be at least 0 and less than 1, got 1",
      "{type: dropout, rate: -0.1}": "must be at least 0 and less than 1, got -0.1",
      "{type: dense, units: 4, activation: rely}":
        "needs one of relu, tanh, sigmoid, softmax, got 'rely'",
    ])
  func `a value out of range is refused`(yaml: String, message: String) {
    #expect(findings(yaml, as: OneOf<LayerCatalog>.self).contains("error: \(message)\n"))
  }
}
