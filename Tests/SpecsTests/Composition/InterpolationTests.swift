import Diagnostics
import Documents
import Specs
import Testing

@Suite struct InterpolationTests {
  /// `value` of a spec with these variables and other values, once there are values in the place of `${…}`.
  private func resolved(
    _ value: String, variables: String = "{}", others: String = ""
  ) throws -> (json: String, findings: String) {
    try changed("variables: \(variables)\n\(others)\nvalue: \(value)\n") { node, diagnostics in
      var interpolation = Interpolation(node)
      return node["value"].map { interpolation.resolve($0, &diagnostics) }
    }
  }

  @Test(arguments: [
    ("${width}", "64"), ("${2 * width}", "128"), ("${width / 2}", "32"), ("${width / 3 * 3}", "64"),
    ("${-width + 1}", "-63"), ("${(1 + 2) * (3 - 1)}", "6"), ("${1 - 2 - 3}", "-4"),
    ("${12 / 2 / 3}", "2"), ("${rate * 2}", "0.2"), ("${0.5 * width}", "32"), ("${1e-3}", "0.001"),
    ("${ width }", "64"), ("${training.batch_size}", "128"), ("${net.depth}", "3"),
    ("${net}", #"{"depth":3}"#), ("${names}", #"["a",64]"#), ("net-${width}", #""net-64""#),
    ("${width}x${rate}", #""64x0.1""#), ("\"${width}\"", "64"), ("'${width}'", "64"),
    ("$${width}", #""${width}""#), ("$$$${x}", #""$$${x}""#), ("$5 {x}", #""$5 {x}""#),
    ("[\"${width}\", {a: \"${rate}\"}]", #"[64,{"a":0.1}]"#), ("${off}", "false"),
    ("${big + 1}", "9.223372036854776e+18"), ("${nothing}", "null"),
  ])
  func `gives the value of names, paths and arithmetic`(_ value: String, _ expected: String) throws
  {
    let result = try resolved(
      value,
      variables:
        "{width: 64, rate: 0.1, net: {depth: 3}, names: [a, \"${width}\"], off: false, big: 9223372036854775807, nothing: ~}",
      others: "training: {batch_size: \"${2 * width}\"}")
    #expect(result.findings == "")
    #expect(result.json == expected)
  }

  @Test(arguments: [
    (
      "${widht}",
      """
      a.yaml:3:10: error: there is no variable 'widht', and no value at that path
          3 | value: ${widht}
            |          ^
      hint: did you mean 'width'? there are width, name
      """
    ),
    (
      "\"${width +}\"",
      """
      a.yaml:3:18: error: a value is missing
          3 | value: "${width +}"
            |                  ^
      hint: '${…}' takes a name, numbers, + - * / and parentheses; '$${' is the text '${'
      """
    ),
    (
      "${width",
      """
      a.yaml:3:8: error: this '${' is never closed
          3 | value: ${width
            |        ^
      hint: '${…}' takes a name, numbers, + - * / and parentheses; '$${' is the text '${'
      """
    ),
    (
      "${1 / (width - 64)}",
      """
      a.yaml:3:10: error: 1 / 0 is no finite number
          3 | value: ${1 / (width - 64)}
            |          ^
      hint: '${…}' takes a name, numbers, + - * / and parentheses; '$${' is the text '${'
      """
    ),
    (
      "${2 * name}",
      """
      a.yaml:3:14: error: 'name' is 'x', with which nothing can be computed
          3 | value: ${2 * name}
            |              ^
      a.yaml:1:30: note: it is set here
      """
    ),
    (
      "${width width}",
      """
      a.yaml:3:16: error: 'width' cannot follow here
          3 | value: ${width width}
            |                ^
      hint: '${…}' takes a name, numbers, + - * / and parentheses; '$${' is the text '${'
      """
    ),
  ])
  func `what has no value is shown where it stands`(_ value: String, _ expected: String) throws {
    let result = try resolved(value, variables: "{width: 64, name: x}")
    #expect(result.findings == expected)
    #expect(result.json == "null")
  }

  @Test func `a circle is shown once, with each of its values`() throws {
    let result = try resolved("${a}", variables: "{a: \"${b}\", b: \"${1 + c}\", c: \"${a}\"}")
    #expect(
      result.findings == """
        a.yaml:1:16: error: 'a' → 'b' → 'c' → 'a' is a circle
            1 | variables: {a: "${b}", b: "${1 + c}", c: "${a}"}
              |                ^
        a.yaml:1:27: note: 'b' is set here
        a.yaml:1:42: note: 'c' is set here
        """)
  }

  @Test func `a mistake in a value says where the value is set`() throws {
    var diagnostics = Diagnostics()
    let node = try tree("variables: {width: abc}\nvalue: ${width}\n")
    var interpolation = Interpolation(node)
    let value = try #require(node["value"])
    #expect(Int.decode(interpolation.resolve(value, &diagnostics), &diagnostics) == nil)
    #expect(
      diagnostics.rendered() == """
        a.yaml:2:8: error: needs a whole number, got 'abc'
            2 | value: ${width}
              |        ^
        a.yaml:1:20: note: 'width' is set here
        """)
  }

  @Test func `what was reported is not reported again as a wrong value`() throws {
    var diagnostics = Diagnostics()
    let node = try tree("value: ${nothing}\n")
    var interpolation = Interpolation(node)
    let value = interpolation.resolve(try #require(node["value"]), &diagnostics)
    #expect(Int.decode(value, &diagnostics) == nil)
    #expect([Int].decode(value, &diagnostics) == nil)
    #expect(diagnostics.all.map(\.identifier) == [.unknownVariable])
  }

  @Test func `what refers to nothing stays the very same`() throws {
    var diagnostics = Diagnostics()
    let node = try tree("a: {b: [1, $x, {c: d}]}\n")
    var interpolation = Interpolation(node)
    #expect(interpolation.resolve(node, &diagnostics) === node)
  }

  /// Each name stands for ten of the one before it: a billion in all.
  @Test(arguments: [true, false])
  func `bombs end in a diagnostic`(areLists: Bool) throws {
    let variables = (1...9).map { number in
      let references = Array(repeating: "${v\(number - 1)}", count: 10)
      let list = references.map { "\"\($0)\"" }.joined(separator: ", ")
      return "v\(number): " + (areLists ? "[\(list)]" : "\"\(references.joined())\"")
    }
    let result = try resolved(
      "${v9}", variables: "{v0: laugh, \(variables.joined(separator: ", "))}")
    #expect(result.findings.contains("error: what '${…}' stands for here is too large"))
    #expect(result.findings.count < 2_000)
  }

  @Test(arguments: [
    String(repeating: "(", count: 10_000), String(repeating: "-", count: 10_000) + "1",
    String(repeating: "1+", count: 20_000) + "1",
  ])
  func `deep and long expressions end in a diagnostic`(_ expression: String) throws {
    #expect(try resolved("\"${\(expression)}\"").findings.contains("error: "))
  }

  @Test func `a resolved spec keeps its dollars`() throws {
    let text = YAML.emit(PlainValue.map([("a", .string("costs ${5}, $${x}"))]).withoutReferences)
    var diagnostics = Diagnostics()
    let node = try tree(text)
    var interpolation = Interpolation(node)
    #expect(interpolation.resolve(node, &diagnostics)["a"]?.text == "costs ${5}, $${x}")
    #expect(diagnostics.all.isEmpty)
  }
}
