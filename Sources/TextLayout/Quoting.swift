extension String {
  /// The same as one word of a shell's command line, which does not look like an option.
  package var shellQuoted: String {
    if hasPrefix("-") { return "./\(self)".shellQuoted }
    let isPlain = utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-+,:@%".utf8.contains(byte)
      }
    }
    return isPlain && !isEmpty ? self : "'\(replacing("'", with: #"'\''"#))'"
  }

  /// The same as a string of Python.
  package var pythonQuoted: String {
    "'\(replacing(#"\"#, with: #"\\"#).replacing("'", with: #"\'"#))'"
  }
}
