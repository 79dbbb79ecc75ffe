import Diagnostics
import Foundation
import Learning
import Specs
import Testing

@Suite struct LayerExpansionTests {
  /// The layers of a model with these `layers` and `blocks` once no templates are left, each on a line, and what is
  /// wrong, as a user sees it.
  private func expanded(_ layers: String, blocks: String = "{}") throws -> (
    layers: String, findings: String
  ) {
    let yaml = "blocks: \(blocks)\nmodel:\n  layers:\n\(layers)\n"
    let tree = try YAML.parse(SourceFile(path: "a.yaml", text: yaml))
    var diagnostics = Diagnostics()
    let plain = LayerExpansion.expanded(tree, Interpolation(tree), &diagnostics)
    let list = plain["model"]?["layers"]?.items ?? []
    return (list.map(\.tree.json).joined(separator: "\n"), diagnostics.rendered())
  }

  @Test func `a repetition stands for its layers, whose names get its number`() throws {
    let result = try expanded(
      """
          - flatten
          - type: repeat
            times: 2
            layers:
              - {type: dense, units: 8, name: a}
              - relu
              - {type: add, inputs: [input, a]}
          - {type: dense, units: 10, inputs: [a_2]}
      """)
    #expect(result.findings == "")
    #expect(
      result.layers == """
        "flatten"
        {"type":"dense","units":8,"name":"a_1"}
        "relu"
        {"type":"add","inputs":["flatten","a_1"]}
        {"type":"dense","units":8,"name":"a_2"}
        "relu"
        {"type":"add","inputs":["add","a_2"]}
        {"type":"dense","units":10,"inputs":["a_2"]}
        """)
  }

  @Test func `the last layer of a repetition with a name has that name`() throws {
    let result = try expanded(
      """
          - {type: repeat, times: 2, name: body, layers: [{type: dense, units: 8, name: a}, {type: relu, inputs: [a]}]}
          - {type: dense, units: 1, inputs: [body]}
      """)
    #expect(result.findings == "")
    #expect(
      result.layers == """
        {"type":"dense","units":8,"name":"a_1"}
        {"type":"relu","inputs":["a_1"]}
        {"type":"dense","units":8,"name":"a_2"}
        {"type":"relu","inputs":["a_2"],"name":"body"}
        {"type":"dense","units":1,"inputs":["body"]}
        """)
  }

  private static let residual =
    "{residual: {parameters: {filters: ~, size: 3}, layers: [{type: conv2d, filters: \"${filters}\", kernel_size: \"${size}\", name: one}, {type: add, inputs: [input, one]}]}}"

  @Test func `a block stands for its layers, with the values of its parameters`() throws {
    let result = try expanded(
      """
          - {type: conv2d, filters: 4, kernel_size: 3, name: stem}
          - {type: block, use: residual, filters: 4}
          - {type: block, use: residual, filters: 4, size: 5, name: second}
          - {type: block, use: residual, filters: 4, inputs: [stem]}
          - {type: flatten, inputs: [second]}
      """, blocks: Self.residual)
    #expect(result.findings == "")
    #expect(
      result.layers == """
        {"type":"conv2d","filters":4,"kernel_size":3,"name":"stem"}
        {"type":"conv2d","filters":4,"kernel_size":3,"name":"residual_one"}
        {"type":"add","inputs":["stem","residual_one"],"name":"residual"}
        {"type":"conv2d","filters":4,"kernel_size":5,"name":"second_one"}
        {"type":"add","inputs":["residual","second_one"],"name":"second"}
        {"type":"conv2d","filters":4,"kernel_size":3,"name":"residual_1_one","inputs":["stem"]}
        {"type":"add","inputs":["stem","residual_1_one"],"name":"residual_1"}
        {"type":"flatten","inputs":["second"]}
        """)
  }

  @Test func `a repetition with a mistake is not repeated`() throws {
    let yaml =
      "model: {layers: [{type: repeat, times: 10000, layers: [{type: repeat, gamma_regularizerers: [x]}]}]}"
    let tree = try YAML.parse(SourceFile(path: "a.yaml", text: yaml))
    var diagnostics = Diagnostics()
    _ = LayerExpansion.expanded(tree, Interpolation(tree), &diagnostics)
    // Each repetition would take the time to look for near words.
    #expect(diagnostics.hasErrors)
    #expect(diagnostics.reportCount == diagnostics.all.count)
  }

  @Test func `blocks use blocks, and repetitions repeat them`() throws {
    let result = try expanded(
      """
          - {type: repeat, times: 2, layers: [{type: block, use: outer, width: 3}]}
      """,
      blocks:
        "{outer: {parameters: {width: 1}, layers: [{type: block, use: inner, units: \"${2 * width}\"}, relu]}, inner: {parameters: {units: ~}, layers: [{type: dense, units: \"${units}\"}]}}"
    )
    #expect(result.findings == "")
    #expect(
      result.layers
        == """
        {"type":"dense","units":6,"name":"outer_inner_1","inputs":["input"]}
        {"type":"relu","name":"outer_1"}
        {"type":"dense","units":6,"name":"outer_inner_2"}
        {"type":"relu","name":"outer_2"}
        """.replacing(#","inputs":["input"]"#, with: ""))
  }

  @Test func `what is not trained at all is not trained in its parts`() throws {
    let result = try expanded(
      "    - {type: repeat, times: 1, trainable: false, layers: [{type: dense, units: 8}, {type: dense, units: 8, trainable: true}]}"
    )
    #expect(
      result.layers == """
        {"type":"dense","units":8,"trainable":false}
        {"type":"dense","units":8,"trainable":true}
        """)
  }

  @Test(arguments: [
    (
      "    - {type: block, use: residul}",
      """
      a.yaml:4:26: error: there is no block 'residul'
          4 |     - {type: block, use: residul}
            |                          ^
      hint: did you mean 'residual'?
      """
    ),
    (
      "    - {type: block, use: residual, filter: 4}",
      """
      a.yaml:4:36: error: the block 'residual' has no 'filter'
          4 |     - {type: block, use: residual, filter: 4}
            |                                    ^
      hint: did you mean 'filters'? it has filters, size
      """
    ),
    (
      "    - {type: block, use: residual}",
      """
      a.yaml:4:7: error: the block 'residual' needs 'filters'
          4 |     - {type: block, use: residual}
            |       ^
      a.yaml:1:34: note: it is declared here
      """
    ),
    (
      "    - {type: repeat, times: 0, layers: [relu]}",
      """
      a.yaml:4:29: error: must be between 1 and 10000, got 0
          4 |     - {type: repeat, times: 0, layers: [relu]}
            |                             ^
      """
    ),
    (
      "    - {type: repeat, times: 2, layer: [relu]}",
      """
      a.yaml:4:32: error: 'repeat' has no 'layer'
          4 |     - {type: repeat, times: 2, layer: [relu]}
            |                                ^
      hint: did you mean 'layers'? 'repeat' has times, layers, name, inputs, trainable
      """
    ),
    (
      "    - {type: repeat, times: 10000, layers: [{type: repeat, times: 10000, layers: [relu]}]}",
      """
      a.yaml:4:82: error: with these layers the model is too large to be read
          4 |     - {type: repeat, times: 10000, layers: [{type: repeat, times: 10000, layers: [relu]}]}
            |                                                                                   ^
      a.yaml:4:44: note: in repetition 9996 of 10000
      a.yaml:4:7: note: in repetition 30 of 10000
      """
    ),
  ])
  func `mistakes are shown at the use`(_ layers: String, _ expected: String) throws {
    let result = try expanded(layers, blocks: Self.residual)
    if expected.contains("too large") {
      #expect(
        result.findings.contains("error: with these layers the model is too large to be read"))
    } else {
      #expect(result.findings == expected)
    }
  }

  /// Each asks for more layers than there are atoms.
  @Test(.timeLimit(.minutes(1)), arguments: [true, false])
  func `bombs end in one diagnostic`(areRepetitions: Bool) throws {
    let nested = (1...20).reduce("relu") { inner, _ in
      "{type: repeat, times: 1000, layers: [\(inner)]}"
    }
    let doubled = (0..<60).map { number in
      let use = "{type: block, use: b\(number + 1)}"
      return "b\(number): [\(use), \(use)]"
    }
    let result = try expanded(
      "    - " + (areRepetitions ? nested : "{type: block, use: b0}") + "\n    - flatten",
      blocks: "{\(doubled.joined(separator: ", ")), b60: [relu]}")
    #expect(result.layers == "")
    #expect(result.findings.components(separatedBy: "error: ").count == 2)
    #expect(
      result.findings.contains("error: with these layers the model is too large to be read\n"))
    // One note for each level, not one for each way through them.
    #expect(result.findings.split(separator: "\n").count < 70)
  }

  @Test func `in nested repetitions each says once which it is, the innermost first`() throws {
    let result = try expanded(
      "    - {type: repeat, times: 1, layers: [{type: repeat, times: 1, layers: [{type: block, use: x}]}]}"
    )
    let notes = result.findings.split(separator: "\n").filter { $0.contains("note: ") }
    #expect(
      notes == [
        "a.yaml:4:41: note: in repetition 1 of 1", "a.yaml:4:7: note: in repetition 1 of 1",
      ])
  }

  @Test(.timeLimit(.minutes(1)))
  func `thousands of uses of a block have names of their own`() throws {
    let uses = Array(repeating: "    - {type: block, use: a}", count: 5_000)
    let result = try expanded(
      uses.joined(separator: "\n"), blocks: "{a: [{type: dense, units: 1}]}")
    #expect(result.layers.hasPrefix(#"{"type":"dense","units":1,"name":"a"}"#))
    #expect(result.layers.hasSuffix(#"{"type":"dense","units":1,"name":"a_4999"}"#))
  }

  @Test func `a block that uses itself is a circle`() throws {
    let result = try expanded(
      "    - {type: block, use: a}",
      blocks: "{a: [{type: block, use: b}], b: [{type: block, use: a}]}")
    #expect(
      result.findings == """
        a.yaml:1:61: error: 'a' → 'b' → 'a': a block cannot use itself
            1 | blocks: {a: [{type: block, use: b}], b: [{type: block, use: a}]}
              |                                                             ^
        a.yaml:1:14: note: 'b' is used here
        a.yaml:4:7: note: 'a' is used here
        """)
  }

  @Test func `a mistake in a block shows the definition and the use`() throws {
    let yaml = """
      blocks: {narrow: [{type: dense, unit: 3}]}
      model:
        layers:
          - {type: block, use: narrow}
      """
    let tree = try YAML.parse(SourceFile(path: "a.yaml", text: yaml))
    var diagnostics = Diagnostics()
    let plain = LayerExpansion.expanded(tree, Interpolation(tree), &diagnostics)
    _ = ModelSpec.decode(try #require(plain["model"]), &diagnostics)
    let text = diagnostics.rendered()
    #expect(text.hasPrefix("a.yaml:1:33: error: 'dense' has no 'unit'\n"))
    #expect(text.contains("\na.yaml:4:7: note: 'narrow' is used here\n"))
  }

  @Test func `parameters cannot be called as what every layer has`() throws {
    let result = try expanded(
      "    - {type: block, use: a}", blocks: "{a: {parameters: {name: 1}, layers: [relu]}}")
    #expect(result.findings.hasPrefix("a.yaml:1:27: error: a parameter cannot be called 'name'\n"))
  }
}
