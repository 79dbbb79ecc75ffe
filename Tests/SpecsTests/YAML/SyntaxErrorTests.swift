import Specs
import Testing

struct SyntaxErrorTests {
  @Test(arguments: [
    (
      "a:\n \tb: 1\n",
      """
      a.yaml:2:2: error: a tab cannot indent YAML
          2 |  \tb: 1
            |  ^
      hint: indent with spaces
      """
    ),
    (
      "a: [1, 2\nb: 3\n",
      """
      a.yaml:2:2: error: a ',' or ']' is missing
          2 | b: 3
            |  ^
      a.yaml:1:4: note: the list starts here
      """
    ),
    (
      "a: {b: 1\nc: 2\n",
      """
      a.yaml:2:2: error: a ',' or '}' is missing
          2 | c: 2
            |  ^
      a.yaml:1:4: note: the map starts here
      """
    ),
    (
      "a: [1,\n\n",
      """
      a.yaml:1:7: error: a value is expected here
          1 | a: [1,
            |       ^
      """
    ),
    (
      "a: 'x\nb: 1\n",
      """
      a.yaml:1:4: error: this quote is never closed
          1 | a: 'x
            |    ^
      """
    ),
    (
      "a: 1\n b: 2\n",
      """
      a.yaml:2:3: error: a ':' cannot stand here
          2 |  b: 2
            |   ^
      hint: check the indentation, or put a text that contains ': ' in quotes
      """
    ),
    (
      "a: 1\nb 2\n",
      """
      a.yaml:2:1: error: a ':' is missing after this key
          2 | b 2
            | ^
      hint: write 'key: value', with a space after the ':'
      """
    ),
    (
      "- a\nb: 1\n",
      """
      a.yaml:2:1: error: a '-' is expected here, as before the other items of the list
          2 | b: 1
            | ^
      a.yaml:1:1: note: the list starts here
      hint: check the indentation
      """
    ),
    (
      "a: - b\n",
      """
      a.yaml:1:4: error: a '-' cannot start a list item here
          1 | a: - b
            |    ^
      hint: start the list on a line of its own
      """
    ),
    (
      "a: \"日本\" b\n",
      """
      a.yaml:1:9: error: a key is expected here
          1 | a: "日本" b
            |           ^
      a.yaml:1:1: note: the map starts here
      hint: check the indentation and the quotes
      """
    ),
    (
      "a: @x\n",
      """
      a.yaml:1:4: error: a value cannot start with this character
          1 | a: @x
            |    ^
      hint: put the value in quotes
      """
    ),
    (
      "a: *\n",
      """
      a.yaml:1:5: error: a name is missing after '*' or '&'
          1 | a: *
            |     ^
      hint: put a text that starts with one of them in quotes
      """
    ),
    (
      "a: \"C:\\data\"\n",
      """
      a.yaml:1:7: error: no such escape in a text in double quotes
          1 | a: "C:\\data"
            |       ^
      hint: use single quotes, or '\\\\' for a backslash
      """
    ),
    (
      "é: 1\na: \u{1B}[31m\n",
      """
      a.yaml:2:4: error: control characters are not allowed in YAML
          2 | a: \u{FFFD}[31m
            |    ^
      """
    ),
    (
      "%YAML x\n---\na: 1",
      """
      a.yaml:1:7: error: not YAML: did not find expected version number
          1 | %YAML x
            |       ^
      """
    ),
  ])
  func isSaidInPlainWords(_ text: String, _ expected: String) {
    #expect(findings(text) == expected)
  }
}
