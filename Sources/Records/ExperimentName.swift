/// The names of experiments, which are those of folders, and the tags of runs.
package enum ExperimentName {
  /// The rule for them, in words.
  package static let rule =
    "must consist of at most \(longest) letters, digits, '.', '_' and '-', and start with a letter or digit"

  /// The rule as a regular expression of JSON Schema.
  package static let pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,\(longest - 1)}$"

  private static let longest = 100

  /// True if `text` is a name that is valid on every system, and does not look like an option.
  package static func isValid(_ text: String) -> Bool {
    guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= longest else {
      return false
    }
    return text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
