import Diagnostics
import Documents
import Specs
import Testing

struct YAMLEmitTests {
  @Test func sectionsAreBlocksAndLayersAreLines() throws {
    let text = """
      name: 'on'
      seeds: [3, 1]
      layers:
        - {type: conv2d, filters: 32, kernel_size: [3, 5]}
        - {type: flatten}
        - {type: dropout, rate: 1e-7}
      training: {epochs: 3}
      """
    let experiment = try #require(try decoded(text, as: Experiment.self))
    let emitted = YAML.emit(experiment.tree, comment: "Every value in force.\n\nWritten once.")
    #expect(
      emitted == """
        # Every value in force.
        #
        # Written once.
        name: 'on'
        seeds: [3, 1]
        layers:
        - {type: conv2d, filters: 32, kernel_size: [3, 5], strides: 1, padding: valid}
        - {type: flatten}
        - {type: dropout, rate: 1.0e-07}
        training:
          epochs: 3
          batch_size: 32
          learning_rate: 0.01
          beta_1: 0.9
          mixes: true

        """)
    let again = try #require(try decoded(emitted, as: Experiment.self))
    #expect(again.tree == experiment.tree)
  }

  @Test func whatIsTooLongForALineBecomesABlock() {
    let long = PlainValue.map([
      ("type", .string("x")), ("path", .string(String(repeating: "y", count: 90))),
    ])
    let emitted = YAML.emit(.map([("layers", .list([long]))]))
    #expect(emitted == "layers:\n- type: x\n  path: \(String(repeating: "y", count: 90))\n")
  }

  @Test(arguments: [PlainValue.list([]), .map([]), .string(""), .null])
  func emptyThingsAreWritten(_ tree: PlainValue) {
    let expected = ["[]\n", "{}\n", "''\n", "null\n"]
    #expect(expected.contains(YAML.emit(tree).replacing("...\n", with: "")))
    #expect(YAML.emit(.map([("a", tree)])).hasPrefix("a: "))
  }

  @Test(arguments: [
    "on", "No", "y", "null", "~", "1", "1e3", "0x1F", "1_000", "1:30", "2026-11-22", ".inf", ".nan",
    "", "-", "- a", "a: b", "a #b", "#a", "*a", "&a", "!a", "@a", "`a", "%a", "a\nb", "\n", " a",
    "a ", "a\t", "\ta", "'", "\"", "it's", "[a", "{a", "a, b", "a]", "?", ": ", "<<", "=", "日本",
    "😀",
    "\u{0}", "\u{1B}[1m", "\u{85}", "\u{2028}", "\u{FEFF}", "a\r\nb", "a\n\n b \n", "\\n", "…",
    "---",
    String(repeating: "long words ", count: 50), "key?", "a:b", "C:\\data", "e\u{301}",
  ])
  func textsReadBackAsTheSameTexts(_ text: String) throws {
    let tree = PlainValue.map([
      ("a", .string(text)), ("b", .list([.string(text)])),
      ("c", .list([.map([("d", .string(text))])])),
      (text + "x", .null),
    ])
    let node = try YAML.parse(SourceFile(path: "a", text: YAML.emit(tree)))
    let places = [node["a"], node["b"]?.items.first, node["c"]?.items.first?["d"]]
    for place in places {
      #expect(place?.text.map { Array($0.utf8) } == Array(text.utf8))
      #expect(place?.isNull == false)
    }
    #expect(node.entries.last?.key.text == text + "x")
  }
}
