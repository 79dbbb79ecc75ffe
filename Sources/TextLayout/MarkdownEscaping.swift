extension String {
  /// This text as GitHub's Markdown shows it as it is, in a cell of a table or elsewhere in a line.
  ///
  /// Only what would have a meaning is escaped, for the source to stay readable: `val_f1_macro` is plain.
  package var escapedForMarkdown: String {
    var result = String.UnicodeScalarView()
    // Readers of Markdown see scalars: a pipe with an accent on it is a pipe.
    let scalars = Array(unicodeScalars)
    for (place, scalar) in scalars.enumerated() {
      let before = place > 0 ? scalars[place - 1] : " "
      let after = place + 1 < scalars.count ? scalars[place + 1] : " "
      let hasMeaning =
        switch scalar {
        // A backslash before the pipe would undo the one that protects it.
        case "|", "\\", "`", "<", "~": true
        case "*": !(before.properties.isWhitespace && after.properties.isWhitespace)
        case "_": !before.isWordPart || !after.isWordPart
        case "&": after.properties.isAlphabetic || after == "#"
        case "]": after == "("
        default: false
        }
      if hasMeaning { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  /// True if it is a letter or a digit.
  fileprivate var isWordPart: Bool { properties.isAlphabetic || properties.numericType != nil }
}
