extension String {
  /// This text with its control characters, which could steer a terminal, made visible; tabs stay.
  package var withoutControlCharacters: String {
    guard unicodeScalars.contains(where: \.steersTerminal) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map(\.madeVisible)))
  }

  /// This text on one line: line breaks and tabs become spaces, other control characters disappear.
  package var singleLine: String {
    guard plainLength == nil else { return self }
    var result = String.UnicodeScalarView()
    for character in self {
      if character.isNewline || character == "\t" {
        result.append(" ")
      } else {
        result.append(contentsOf: character.unicodeScalars.filter { !$0.isInvisible })
      }
    }
    return String(result)
  }

  /// As much white space as this text takes on a terminal; tabs stay tabs, so that both align.
  package var blank: String {
    reduce(into: "") { blank, character in
      blank += character == "\t" ? "\t" : String(repeating: " ", count: character.displayWidth)
    }
  }

  /// The text in single quotes, fit for a message: one line, no control characters, not long.
  package var quoted: String {
    let start = prefix(60).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .joined(separator: "⏎")
    return "'\(start.withoutControlCharacters)\(start.count < count ? "…" : "")'"
  }
}

extension Unicode.Scalar {
  /// True if it is a control character (C0, C1) other than a tab, separates lines, or overrides the direction of text,
  /// which shows it in another order than it has (CVE-2021-42574).
  package var steersTerminal: Bool {
    switch value {
    case 0x09: false
    case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A replacement character in place of what steers a terminal.
  var madeVisible: Unicode.Scalar { steersTerminal ? "\u{FFFD}" : self }

  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: value != 0x200D  // joins emoji
    default: false
    }
  }
}
