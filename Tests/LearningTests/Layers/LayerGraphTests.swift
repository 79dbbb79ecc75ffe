import Learning
import Tensors
import Testing

@Suite struct LayerGraphTests {
  static let baseline = """
    layers:
      - {type: conv2d, filters: 32, kernel_size: 3, activation: relu}
      - {type: max_pooling2d}
      - {type: conv2d, filters: 64, kernel_size: 3, activation: relu}
      - {type: max_pooling2d}
      - {type: flatten}
      - {type: dense, units: 128, activation: relu}
      - {type: dropout, rate: 0.5}
      - {type: dense, units: 10, activation: softmax}
    """

  @Test func `rows are Keras's, from the input on`() throws {
    let graph = try #require(try model(Self.baseline).graph)
    let rows = graph.layers.map {
      "\($0.name) \($0.type) \($0.outputShape) \($0.parameterCount) \($0.floatingPointOperations)"
    }
    // Shapes and parameters are what Keras's model.summary() prints. Operations, for one: a dense layer takes
    // for each of its outputs 1600 products, 1600 sums with the bias, and one for the activation.
    #expect(
      rows == [
        "input input 28×28×1 0 0",
        "conv2d conv2d 26×26×32 320 411008",
        "max_pooling2d max_pooling2d 13×13×32 0 16224",
        "conv2d_1 conv2d 11×11×64 18496 4468288",
        "max_pooling2d_1 max_pooling2d 5×5×64 0 4800",
        "flatten flatten 1600 0 0",
        "dense dense 128 204928 409728",
        "dropout dropout 128 0 0",
        "dense_1 dense 10 1290 2570",
      ])
    #expect(graph.parameterCount == 225_034)
    #expect(
      graph.floatingPointOperations
        == graph.layers.reduce(0) { $0 + $1.floatingPointOperations })
    #expect(
      graph.graph.parameters.map(\.name) == [
        "conv2d.kernel", "conv2d.bias", "conv2d_1.kernel", "conv2d_1.bias", "dense.kernel",
        "dense.bias", "dense_1.kernel", "dense_1.bias",
      ])
  }

  @Test func `rows know whose results they take, and what training leaves alone`() throws {
    let graph = try #require(
      try model(
        """
        layers:
          - {type: add, name: sum, inputs: [normal, stem]}
          - flatten
          - {type: dense, units: 10, name: last}
          - {type: conv2d, filters: 4, kernel_size: 3, name: stem, inputs: [input], trainable: false}
          - {type: batch_normalization, name: normal}
          - {type: softmax, name: end, inputs: [last]}
        """
      ).graph)
    #expect(
      graph.layers.map { "\($0.name) \($0.inputs)\($0.isFrozen ? " frozen" : "")" } == [
        "input []", "stem [0] frozen", "normal [1]", "sum [2, 1]", "flatten [3]", "last [4]",
        "end [5]",
      ])
    #expect(graph.frozenParameterCount == 40)
    #expect(graph.statisticCount == 8)
    #expect(
      graph.learnedParameterCount
        == graph.parameterCount - graph.frozenParameterCount - graph.statisticCount)
  }

  @Test func `a shape error points at the layer and at where the shape comes from`() throws {
    let found = try model(
      """
      layers:
        - {type: conv2d, filters: 4, kernel_size: 3}
        - flatten
        - {type: max_pooling2d}
      """)
    #expect(found.graph == nil)
    #expect(
      found.findings == """
        a.yaml:4:5: error: 'max_pooling2d' needs an image (height×width×channels), got a vector of 2704
            4 |   - {type: max_pooling2d}
              |     ^
        a.yaml:3:5: note: that shape is produced here
        hint: put it before the layer that makes a vector
        """)
  }

  @Test func `a shape error of the first layer has no note`() throws {
    let found = try model("layers: [{type: cropping2d, cropping: 14}]")
    #expect(
      found.findings == """
        a.yaml:1:10: error: 'cropping2d' takes away 28 rows and 28 columns, which leaves nothing of 28×28×1
            1 | layers: [{type: cropping2d, cropping: 14}]
              |          ^
        hint: at least one row and one column must be left
        """)
  }

  @Test func `dense layers alone do not make an image a vector`() throws {
    let found = try model("layers: [{type: dense, units: 10, activation: softmax}]")
    #expect(
      found.findings == """
        a.yaml:1:10: error: the model ends in 28×28×10 values per image, but the data has 10 classes
            1 | layers: [{type: dense, units: 10, activation: softmax}]
              |          ^
        hint: of an image, 'dense' takes each pixel alone; insert '- {type: flatten}' before the dense layers
        """)
  }

  @Test func `the result must have a probability for each class`() throws {
    let found = try model(
      """
      layers:
        - flatten
        - {type: dense, units: 12, activation: softmax}
      """)
    #expect(found.graph == nil)
    #expect(
      found.findings == """
        a.yaml:3:5: error: the model ends in 12 values per image, but the data has 10 classes
            3 |   - {type: dense, units: 12, activation: softmax}
              |     ^
        hint: end with '- {type: dense, units: 10, activation: softmax}'
        """)
  }

  @Test func `the result must be flat`() throws {
    let found = try model("layers: [softmax]", input: ImageShape(height: 1, width: 1, channels: 10))
    #expect(
      found.findings == """
        a.yaml:1:10: error: the model ends in 1×1×10 values per image, but the data has 10 classes
            1 | layers: [softmax]
              |          ^
        hint: '- flatten' makes it one vector
        """)
  }

  @Test(arguments: ["{type: dense, units: 10}", "{type: dense, units: 10, activation: sigmoid}"])
  func `the last layer must be a softmax`(layer: String) throws {
    let found = try model("layers:\n- flatten\n- \(layer)")
    #expect(found.graph == nil)
    #expect(
      found.findings == """
        a.yaml:3:3: error: 'categorical_crossentropy' needs probabilities, but the model does not end in a softmax
            3 | - \(layer)
              |   ^
        hint: give the last layer 'activation: softmax'
        """)
  }

  @Test func `softmax may be a layer of its own`() throws {
    let found = try model("layers: [flatten, {type: dense, units: 10}, softmax]")
    #expect(found.findings == "")
    #expect(found.graph?.layers.map(\.name) == ["input", "flatten", "dense", "softmax"])
  }

  @Test(
    arguments: [
      (
        "conv2d, filters: 10000, kernel_size: 500, padding: same",
        "a.yaml:2:3: error: with this layer the model has 2,500,010,000 parameters, which no memory holds"
      ),
      (
        "depthwise_conv2d, kernel_size: 1, depth_multiplier: 1000",
        "a.yaml:3:3: error: this layer has 784,000,000 values for each image, which no memory holds"
      ),
      (
        "zero_padding2d, padding: 500",
        "a.yaml:10:3: error: this layer has 81,504,784 values for each image, which no memory holds"
      ),
    ])
  func `sizes that nobody could train are refused before they overflow`(
    layer: String, expected: String
  ) throws {
    let found = try model(
      "layers:\n" + String(repeating: "- {type: \(layer)}\n", count: 70) + "- flatten\n"
        + "- {type: dense, units: 10, activation: softmax}")
    #expect(found.graph == nil)
    #expect(found.findings.contains(expected), "\(found.findings)")
  }

  @Test func `a model that learns nothing is refused`() throws {
    let found = try model(
      """
      layers:
        - flatten
        - {type: dense, units: 10, activation: softmax, trainable: false}
      """)
    #expect(found.findings.hasPrefix("a.yaml:2:5: error: no layer has parameters that training"))
  }

  private func frozen(_ patterns: String) throws -> (graph: LayerGraph?, findings: String) {
    try model(
      """
      frozen: \(patterns)
      layers:
        - {type: conv2d, filters: 4, kernel_size: 3}
        - {type: conv2d, filters: 4, kernel_size: 3, name: stem, trainable: false}
        - {type: conv2d, filters: 4, kernel_size: 3}
        - flatten
        - {type: dense, units: 10, activation: softmax}
      """)
  }

  @Test(arguments: [
    ("[]", ["stem"]), ("[conv2d]", ["conv2d", "stem"]),
    ("['conv2d*']", ["conv2d", "stem", "conv2d_1"]), ("['*_1', stem]", ["stem", "conv2d_1"]),
    ("['*conv*_*']", ["stem", "conv2d_1"]), ("[d*e]", ["stem", "dense"]),
  ])
  func `layers are frozen by name`(patterns: String, names: [String]) throws {
    let found = try frozen(patterns)
    let graph = try #require(found.graph, "\(found.findings)")
    #expect(graph.layers.filter(\.isFrozen).map(\.name) == names)
  }

  @Test func `a name that no layer has is not frozen`() throws {
    #expect(
      try frozen("['conv2d*', conv3d]").findings.hasPrefix(
        "a.yaml:1:21: error: no layer has the name 'conv3d'\n"))
    #expect(try frozen("[conv3d]").findings.contains("hint: did you mean 'conv2d'?"))
    #expect(
      try frozen("['x*x']").findings.contains(
        "hint: the names are conv2d, stem, conv2d_1, flatten, dense"))
  }

  @Test func `a layer without parameters is not frozen in silence`() throws {
    let found = try frozen("[conv2d, 'flat*']")
    #expect(found.graph != nil)
    #expect(
      found.findings.hasPrefix(
        "a.yaml:1:18: warning: 'flat*' freezes nothing: no layer that it names has parameters\n"))
  }

  @Test func `with everything frozen there is nothing to learn`() throws {
    #expect(try frozen("['*']").findings.contains("error: no layer has parameters that training"))
  }
}
