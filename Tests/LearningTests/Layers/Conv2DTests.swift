import Learning
import Specs
import Tensors
import Testing

@Suite struct Conv2DTests {
  private let image = ImageShape(height: 9, width: 7, channels: 3)

  @Test(
    arguments: [
      ("filters: 5, kernel_size: 3", "7×5×5, kernel [3, 3, 3, 5], bias [5]"),
      (
        "filters: 5, kernel_size: [4, 2], strides: [2, 3], padding: same",
        "5×3×5, kernel [4, 2, 3, 5], bias [5]"
      ),
      ("filters: 2, kernel_size: 1, use_bias: false", "9×7×2, kernel [1, 1, 3, 2]"),
      ("filters: 1, kernel_size: [9, 7]", "1×1×1, kernel [9, 7, 3, 1], bias [1]"),
    ])
  func `shapes and parameters are Keras's`(fields: String, expected: String) throws {
    #expect(try summary("{type: conv2d, \(fields)}", after: image) == expected)
  }

  @Test func `kernels start as Glorot and Bengio's, biases at zero`() throws {
    let found = try nodes("{type: conv2d, filters: 5, kernel_size: [4, 2]}", after: image)
    let kernel = found[0].parameters[0]
    #expect(found[0].parameters.map(\.initializer) == [.glorotUniform, .zeros])
    #expect(kernel.fanIn == 4 * 2 * 3 && kernel.fanOut == 4 * 2 * 5)
  }

  @Test func `the activation follows`() throws {
    let found = try nodes(
      "{type: conv2d, filters: 5, kernel_size: 1, activation: relu}", after: image)
    #expect(found.last?.operation == .activation(.relu))
  }

  @Test(arguments: [
    ("1", "9×7×2"), ("[2, 0]", "11×5×2"), ("[[1, 0], [0, 2]]", "8×7×2"), ("2", "11×9×2"),
  ])
  func `padding is a number of rows and columns, too`(padding: String, shape: String) throws {
    let yaml = "{type: conv2d, filters: 2, kernel_size: 3, padding: \(padding), use_bias: false}"
    #expect(try summary(yaml, after: image) == "\(shape), kernel [3, 3, 3, 2]")
    let layer: OneOf<LayerCatalog> = try declared(yaml)
    let written = padding.replacing(" ", with: "")
    #expect(layer.tree.json.contains("\"padding\":\(written),"))
  }

  @Test func `padding as wide as the window is refused`() throws {
    #expect(
      try refusal("{type: conv2d, filters: 2, kernel_size: [3, 1], padding: 1}", after: image) == [
        "the padding of 'conv2d' is as wide as its 3×1 window, which would see nothing of the image at the border",
        "'padding' must be smaller than the window; 'zero_padding2d' adds as much as you like",
      ])
  }

  @Test(arguments: [
    "full":
      "needs valid, same, a whole number, [rows, columns] or [[top, bottom], [left, right]], got 'full'",
    "-1": "must be between 0 and 500, got -1", "[1, 501]": "must be between 0 and 500, got [1,501]",
    "[[1, 2]]":
      "needs a whole number, [rows, columns] or [[top, bottom], [left, right]], got a list",
  ])
  func `no other padding is taken`(padding: String, message: String) {
    let found = findings(
      "{type: conv2d, filters: 2, kernel_size: 3, padding: \(padding)}",
      as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: \(message)\n"), "\(found)")
  }

  @Test func `a window larger than the image is refused`() throws {
    let refusal = try refusal("{type: conv2d, filters: 5, kernel_size: [10, 3]}", after: image)
    #expect(
      refusal == [
        "the 10×3 window of 'conv2d' is larger than its input, 9×7×3",
        "use a smaller window, 'padding: same', or fewer layers that shrink the image before it",
      ])
  }

  @Test func `a vector is refused`() throws {
    let yaml = "{type: conv2d, filters: 5, kernel_size: 1}"
    #expect(
      try refusal(yaml, after: ImageShape(flat: 12)) == [
        "'conv2d' needs an image (height×width×channels), got a vector of 12",
        "put it before the layer that makes a vector",
      ])
  }

  @Test(
    arguments: [
      "filters: 0, kernel_size: 3": "must be at least 1, got 0",
      "filters: 10001, kernel_size: 3": "must be at most 10000, got 10001",
      "filters: 1, kernel_size: [3, 0]": "must be at least 1, got [3,0]",
      "filters: 1, kernel_size: 501": "must be at most 500, got 501",
      "filters: 1, kernel_size: 1, strides: 0": "must be at least 1, got 0",
      "filters: 1, kernel_size: 1, strides: 9223372036854775807":
        "must be at most 500, got 9223372036854775807",
      "filters: 1, kernel_size: 1, activation: rely":
        "there is no activation 'rely'",
      "filters: 1, kernel_size: 1, padding: full":
        "needs valid, same, a whole number, [rows, columns] or [[top, bottom], [left, right]], got 'full'",
    ])
  func `a value out of range is refused`(fields: String, message: String) {
    let found = findings("{type: conv2d, \(fields)}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: \(message)\n"))
  }

  @Test func `initializers and regularizers are set`() throws {
    let found = try nodes(
      """
      {type: conv2d, filters: 5, kernel_size: 1, kernel_initializer: he_normal,
       bias_initializer: {type: constant, value: 0.5}, kernel_regularizer: l2,
       bias_regularizer: {type: l1_l2, l1: 0.5, l2: 0.25}}
      """, after: image)
    let (kernel, bias) = (found[0].parameters[0], found[0].parameters[1])
    #expect(kernel.initializer == .scaledNormal(scale: 2, fan: .input))
    #expect(bias.initializer == .constant(0.5))
    #expect(kernel.regularizer == Regularizer(l2: 0.01))
    #expect(bias.regularizer == Regularizer(l1: 0.5, l2: 0.25))
  }

  @Test func `a dilated window must fit as a whole`() throws {
    let yaml = "{type: conv2d, filters: 5, kernel_size: 4, dilation_rate: 3}"
    #expect(
      try refusal(yaml, after: image)?.first
        == "the 10×10 window of 'conv2d' is larger than its input, 9×7×3")
  }

  @Test func `groups that don't divide the filters are refused at once`() {
    let found = findings(
      "{type: conv2d, filters: 5, kernel_size: 1, groups: 2}", as: OneOf<LayerCatalog>.self)
    #expect(
      found == """
        a.yaml:1:52: error: 5 filters cannot be cut into 2 equal groups
            1 | {type: conv2d, filters: 5, kernel_size: 1, groups: 2}
              |                                                    ^
        hint: use a number of groups that divides 'filters'
        """)
  }

  @Test func `groups that don't divide the channels are refused`() throws {
    #expect(
      try refusal("{type: conv2d, filters: 4, kernel_size: 1, groups: 2}", after: image) == [
        "'conv2d' cannot cut 3 channels into 2 equal groups",
        "'groups' must divide the channels; the next number that does is 1",
      ])
  }

  @Test func `orthogonal is for kernels only`() throws {
    let yaml = "{type: conv2d, filters: 4, kernel_size: 1, bias_initializer: orthogonal}"
    #expect(
      try refusal(yaml, after: image) == [
        "'orthogonal' needs a matrix, but 'bias' is a vector",
        "use 'constant', 'zeros' or 'ones' for it",
      ])
  }
}
