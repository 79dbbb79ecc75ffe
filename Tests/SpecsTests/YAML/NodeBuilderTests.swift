import Diagnostics
import Specs
import Testing

struct NodeBuilderTests {
  @Test func nodesKeepTheirPlacesAndQuotes() throws {
    let file = SourceFile(path: "a.yaml", text: "a:\r\n  - {b: 'on', c: on}\r\n")
    let item = try #require(YAML.parse(file)["a"]?.items.first)
    #expect(item.location == Location(file: file, line: 2, column: 5))
    #expect(item["b"]?.location.column == 9)
    guard case .scalar("on", isPlain: false)? = item["b"]?.kind,
      case .scalar("on", isPlain: true)? = item["c"]?.kind
    else { return #expect(Bool(false), "quotes are lost") }
  }

  @Test func aliasesRepeatTheirAnchors() throws {
    let file = SourceFile(path: "a.yaml", text: "a: &x [1, 2]\nb: *x\nc: {d: *x}\n")
    let node = try YAML.parse(file)
    #expect(node["b"]?.items.compactMap(\.text) == ["1", "2"])
    #expect(node["c"]?["d"]?.location == Location(file: file, line: 1, column: 4))
  }

  @Test(arguments: [
    ("", Diagnostic.Identifier.emptyFile, "a.yaml:1:1: error: the file is empty"),
    (
      "# only\n", Diagnostic.Identifier.emptyFile,
      """
      a.yaml:1:1: error: the file is empty
          1 | # only
            | ^
      """
    ),
    (
      "a: 1\n---\nb: 1\n", Diagnostic.Identifier.multipleDocuments,
      """
      a.yaml:2:1: error: a second document starts here
          2 | ---
            | ^
      a.yaml:1:1: note: the first one is here
      hint: keep one document per file
      """
    ),
    (
      "a: 1\nb: 2\na: 3\n", Diagnostic.Identifier.duplicateKey,
      """
      a.yaml:3:1: error: 'a' comes twice
          3 | a: 3
            | ^
      a.yaml:1:1: note: it is first set here
      hint: remove one of the two
      """
    ),
    (
      "[1]: 2\n", Diagnostic.Identifier.keyNotText,
      """
      a.yaml:1:1: error: a list cannot be a key
          1 | [1]: 2
            | ^
      """
    ),
    (
      "a: &x 1\nc:\n  <<: *x\n", Diagnostic.Identifier.mergeKey,
      """
      a.yaml:3:3: error: '<<' needs a map or a list of maps, got '1'
          3 |   <<: *x
            |   ^
      hint: such as '<<: *name', after '&name' before a map
      """
    ),
    (
      "a: &base 1\nb: *bas\n", Diagnostic.Identifier.unknownAnchor,
      """
      a.yaml:2:4: error: no '&bas' before this '*bas'
          2 | b: *bas
            |    ^
      hint: did you mean '*base'?
      """
    ),
    (
      "a: &x [*x]\n", Diagnostic.Identifier.aliasOfItself,
      """
      a.yaml:1:8: error: '*x' stands inside of what it repeats
          1 | a: &x [*x]
            |        ^
      a.yaml:1:4: note: '&x' is here
      """
    ),
    (
      "a: !!str 1\n", Diagnostic.Identifier.yamlTag,
      """
      a.yaml:1:4: error: tags such as '!!str' are not supported
          1 | a: !!str 1
            |    ^
      hint: remove the tag
      """
    ),
  ])
  func whatCannotBeATreeIsReported(
    _ text: String, _ identifier: Diagnostic.Identifier, _ rendered: String
  ) {
    let found = #expect(throws: Diagnostics.self) {
      try YAML.parse(SourceFile(path: "a.yaml", text: text))
    }
    #expect(found?.all.map(\.identifier) == [identifier])
    #expect(found?.rendered() == rendered)
  }

  @Test(arguments: [
    ("c: {<<: *x, b: 3}", #"{"a":1,"b":3}"#), ("c: {b: 3, <<: *x}", #"{"a":1,"b":3}"#),
    ("c: {<<: [*x, *y]}", #"{"a":1,"b":2,"d":5}"#), ("c: {<<: [*y, *x]}", #"{"b":4,"d":5,"a":1}"#),
    ("c: {<<: {e: 6}}", #"{"e":6}"#), ("c: {'<<': 7}", #"{"<<":7}"#),
    // What is taken in may itself have been.
    ("z: &z {<<: *x, d: 8}\nc: {<<: *z}", #"{"a":1,"b":2,"d":8}"#),
  ])
  func mergeKeysBringWhatAMapHasNot(_ text: String, _ expected: String) throws {
    let anchors = "x: &x {a: 1, b: 2}\ny: &y {b: 4, d: 5}\n"
    let node = try YAML.parse(SourceFile(path: "a.yaml", text: anchors + text))
    #expect(node["c"]?.tree.json == expected)
  }

  @Test func whatAMergeKeyBringsStandsWhereItWasWritten() throws {
    let file = SourceFile(path: "a.yaml", text: "x: &x {b: 1}\nc:\n  <<: *x\n")
    let node = try YAML.parse(file)
    #expect(node["c"]?["b"]?.location == Location(file: file, line: 1, column: 11))
  }

  @Test func mistakesThatLeaveTheRestReadableAreFoundTogether() {
    var diagnostics = Diagnostics()
    let file = SourceFile(path: "a.yaml", text: "a: 1\na: 2\n[1]: 2\n<<: 5\nb: !x 3\nc: 4\n")
    let node = YAML.parse(file, &diagnostics)
    #expect(
      diagnostics.all.map(\.identifier)
        == [.duplicateKey, .keyNotText, .mergeKey, .yamlTag])
    #expect(node?.entries.map(\.value.text) == ["1", "3", "4"])
  }

  @Test(arguments: [
    String(repeating: "[", count: 10_000),
    String(repeating: "{a: ", count: 10_000),
    String(repeating: "- ", count: 10_000),
    (0..<10_000).map { String(repeating: " ", count: min($0, 100)) + "a:\n" }.joined(),
  ])
  func nestingEndsInADiagnostic(_ text: String) {
    #expect(findings(text).contains(" error: nested deeper than 64 levels\n"))
  }

  @Test func sixtyFourLevelsAreFineAlsoThroughAliases() throws {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    _ = try YAML.parse(SourceFile(path: "a", text: deep))
    let half = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    let file = SourceFile(
      path: "a", text: "a: &a \(half)\nb: " + half.replacing("[]", with: "[*a]"))
    let found = #expect(throws: Diagnostics.self) { try YAML.parse(file) }
    #expect(found?.all.map(\.identifier) == [.nestedTooDeep])
  }

  @Test func aBillionLaughsEndInADiagnostic() {
    let bomb = (1...30).reduce("a0: &a0 ha\n") { text, level in
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      return text + "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(
      findings(bomb).hasPrefix(
        """
        a.yaml:6:45: error: more than 100000 values, those that aliases repeat included
        """))
  }

  @Test func limitsCanBeSet() {
    let file = SourceFile(path: "a", text: "[1, 2, 3]")
    #expect(throws: Diagnostics.self) { try YAML.parse(file, limits: YAMLLimits(nodes: 2)) }
    #expect(throws: Diagnostics.self) { try YAML.parse(file, limits: YAMLLimits(bytes: 8)) }
    #expect(throws: Never.self) {
      try YAML.parse(file, limits: YAMLLimits(bytes: 9, depth: 1, nodes: 3))
    }
  }
}
