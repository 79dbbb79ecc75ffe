import Learning
import Specs
import Tensors
import Testing

/// Names and inputs of layers: what becomes of them, and what the user sees where they are wrong.
@Suite struct LayerConnectionsTests {
  private func rows(_ layers: String) throws -> [String] {
    let found = try model("layers:\n" + layers)
    let graph = try #require(found.graph, "\(found.findings)")
    return graph.layers.map { "\($0.name) \($0.outputShape)" }
  }

  @Test func `a residual block`() throws {
    let found = try model(
      """
      layers:
        - {type: conv2d, filters: 8, kernel_size: 3, padding: same, activation: relu, name: stem}
        - {type: conv2d, filters: 8, kernel_size: 3, padding: same, use_bias: false}
        - batch_normalization
        - {type: add, inputs: [batch_normalization, stem]}
        - {type: concatenate, inputs: [add, input, stem]}
        - global_average_pooling2d
        - {type: dense, units: 10, activation: softmax}
      """)
    #expect(found.findings == "")
    let graph = try #require(found.graph)
    #expect(
      graph.layers.map { "\($0.name) \($0.outputShape)" } == [
        "input 28×28×1", "stem 28×28×8", "conv2d 28×28×8", "batch_normalization 28×28×8",
        "add 28×28×8", "concatenate 28×28×17", "global_average_pooling2d 17", "dense 10",
      ])
    let nodes = graph.graph.nodes
    #expect(nodes[5].layer == "add" && nodes[5].inputs == [4, 2])
    #expect(nodes[6].layer == "concatenate" && nodes[6].inputs == [5, 0, 2])
    #expect(graph.graph.parameters.first?.name == "stem.kernel")
  }

  @Test func `layers may stand in any order`() throws {
    let found = try rows(
      """
      - {type: dense, units: 4, inputs: [flat], name: late}
      - {type: flatten, inputs: [input], name: flat}
      - {type: dense, units: 10, activation: softmax, inputs: [late]}
      """)
    #expect(found == ["input 28×28×1", "flat 784", "late 4", "dense 10"])
  }

  @Test func `names that Keras would give skip those that are taken`() throws {
    let found = try rows(
      """
      - {type: flatten, name: dense}
      - {type: dense, units: 4}
      - {type: dense, units: 10, activation: softmax}
      """)
    #expect(found == ["input 28×28×1", "dense 784", "dense_1 4", "dense_2 10"])
  }

  @Test func `a layer that is not trainable learns nothing`() throws {
    let found = try model(
      """
      layers:
        - {type: conv2d, filters: 2, kernel_size: 3, activation: prelu, trainable: false}
        - {type: batch_normalization, trainable: false}
        - flatten
        - {type: dense, units: 10, activation: softmax}
      """)
    let parameters = try #require(found.graph).graph.parameters
    #expect(
      parameters.filter(\.parameter.isTrainable).map(\.name) == ["dense.kernel", "dense.bias"])
  }

  @Test(arguments: [
    (
      """
      layers:
        - {type: flatten, name: flat}
        - {type: dense, units: 4, inputs: [flt]}
        - {type: dense, units: 10, activation: softmax, inputs: [x]}
      """,
      """
      a.yaml:3:38: error: no layer has the name 'flt'
          3 |   - {type: dense, units: 4, inputs: [flt]}
            |                                      ^
      hint: did you mean 'flat'?
      a.yaml:4:60: error: no layer has the name 'x'
          4 |   - {type: dense, units: 10, activation: softmax, inputs: [x]}
            |                                                            ^
      hint: the names are input, flat, dense, dense_1
      """
    ),
    (
      """
      layers:
        - {type: flatten, name: flat}
        - {type: dense, units: 4, name: flat}
        - {type: dense, units: 10, activation: softmax, name: input}
      """,
      """
      a.yaml:3:35: error: there is another layer 'flat'
          3 |   - {type: dense, units: 4, name: flat}
            |                                   ^
      a.yaml:2:5: note: it is here
      a.yaml:4:57: error: 'input' is the name of the images
          4 |   - {type: dense, units: 10, activation: softmax, name: input}
            |                                                         ^
      """
    ),
    (
      """
      layers:
        - flatten
        - {type: dense, units: 4, name: a, inputs: [c]}
        - {type: dense, units: 4, name: b}
        - {type: dense, units: 4, name: c}
        - {type: dense, units: 10, activation: softmax}
      """,
      """
      a.yaml:3:5: error: 'a' → 'b' → 'c' → 'a' is a circle
          3 |   - {type: dense, units: 4, name: a, inputs: [c]}
            |     ^
      a.yaml:4:5: note: 'b' is here
      a.yaml:5:5: note: 'c' is here
      """
    ),
    (
      """
      layers:
        - {type: flatten, inputs: [flatten]}
        - {type: dense, units: 10, activation: softmax}
      """,
      """
      a.yaml:2:5: error: 'flatten' → 'flatten': a layer cannot take its own result
          2 |   - {type: flatten, inputs: [flatten]}
            |     ^
      """
    ),
    (
      """
      layers:
        - {type: flatten, name: flat}
        - {type: dense, units: 4, name: lost}
        - {type: dense, units: 10, activation: softmax, inputs: [flat]}
      """,
      """
      a.yaml:3:5: error: nothing takes the result of 'lost'
          3 |   - {type: dense, units: 4, name: lost}
            |     ^
      a.yaml:4:5: note: the layer after it has inputs of its own
      hint: name it under another layer's 'inputs', or remove it; the model ends in 'dense', its last layer
      """
    ),
    (
      """
      layers:
        - {type: conv2d, filters: 2, kernel_size: 3, name: a}
        - {type: conv2d, filters: 2, kernel_size: 3, name: b}
        - {type: add, inputs: [a, b]}
        - flatten
        - {type: dense, units: 10, activation: softmax}
      """,
      """
      a.yaml:4:5: error: 'add' needs inputs of one shape, got 26×26×2 and 24×24×2
          4 |   - {type: add, inputs: [a, b]}
            |     ^
      a.yaml:2:5: note: 26×26×2 is produced here
      a.yaml:3:5: note: 24×24×2 is produced here
      hint: only one number for each channel is repeated, as a vector or a 1×1 image; a 1×1 convolution changes the channels, strides or pooling the size
      """
    ),
    (
      """
      layers:
        - {type: flatten, name: a}
        - {type: dense, units: 784, name: b}
        - {type: dense, units: 10, activation: softmax, inputs: [a, b]}
      """,
      """
      a.yaml:4:5: error: 'dense' takes one input, got 2
          4 |   - {type: dense, units: 10, activation: softmax, inputs: [a, b]}
            |     ^
      a.yaml:2:5: note: 784 is produced here
      a.yaml:3:5: note: 784 is produced here
      hint: join them first, with 'concatenate' or 'add'
      """
    ),
    (
      """
      layers:
        - flatten
        - add
        - {type: dense, units: 10, activation: softmax, inputs: []}
      """,
      """
      a.yaml:4:59: error: a layer takes at least one input
          4 |   - {type: dense, units: 10, activation: softmax, inputs: []}
            |                                                           ^
      hint: without 'inputs' it takes the layer before it
      """
    ),
    (
      """
      layers:
        - flatten
        - add
        - {type: dense, units: 10, activation: softmax}
      """,
      """
      a.yaml:3:5: error: 'add' takes two inputs or more
          3 |   - add
            |     ^
      a.yaml:2:5: note: that shape is produced here
      hint: name them: 'inputs: [a, b]'; 'name: a' gives a layer a name
      """
    ),
    (
      // Two mistakes in two branches, and no echo from what takes them.
      """
      layers:
        - {type: conv2d, filters: 2, kernel_size: 30, name: a}
        - {type: conv2d, filters: 2, kernel_size: 29, name: b, inputs: [input]}
        - {type: add, inputs: [a, b]}
        - {type: dense, units: 10, activation: softmax}
      """,
      """
      a.yaml:2:5: error: the 30×30 window of 'conv2d' is larger than its input, 28×28×1
          2 |   - {type: conv2d, filters: 2, kernel_size: 30, name: a}
            |     ^
      hint: use a smaller window, 'padding: same', or fewer layers that shrink the image before it
      a.yaml:3:5: error: the 29×29 window of 'conv2d' is larger than its input, 28×28×1
          3 |   - {type: conv2d, filters: 2, kernel_size: 29, name: b, inputs: [input]}
            |     ^
      hint: use a smaller window, 'padding: same', or fewer layers that shrink the image before it
      """
    ),
  ])
  func `mistakes are shown with all lines that they concern`(_ yaml: String, _ wanted: String)
    throws
  {
    let found = try model(yaml)
    #expect(found.graph == nil)
    #expect(found.findings == wanted)
  }

  @Test(arguments: ["a.b", "", "ä", "a b"])
  func `names that parameters' names would not bear are refused`(name: String) {
    let found = findings("{type: flatten, name: \"\(name)\"}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: must consist of letters, digits, '_' and '-', got"))
  }

  @Test func `a resolved layer has its name and inputs`() throws {
    let written = try declared(
      "{type: add, name: sum, inputs: [a, b], trainable: false}", as: OneOf<LayerCatalog>.self)
    #expect(
      written.tree.json
        == #"{"type":"add","name":"sum","inputs":["a","b"],"trainable":false}"#)
  }
}
