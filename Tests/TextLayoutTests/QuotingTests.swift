import Testing
import TextLayout

@Suite struct QuotingTests {
  @Test(arguments: [
    ("runs/a_1.onnx", "runs/a_1.onnx"), ("", "''"), ("größe", "'größe'"),
    ("it's new", #"'it'\''s new'"#), ("$HOME", "'$HOME'"), ("-f", "./-f"),
  ])
  func `a path is one word of a shell's command line`(path: String, word: String) {
    #expect(path.shellQuoted == word)
  }

  @Test func `a path is a string of Python`() {
    #expect(#"it's \ a"#.pythonQuoted == #"'it\'s \\ a'"#)
  }
}
