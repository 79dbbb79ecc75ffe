extension String {
  /// This text with its control characters, which could steer a terminal, made visible; tabs stay.
  package var withoutControlCharacters: String {
    guard unicodeScalars.contains(where: \.steersTerminal) else { return self }
    return String(
      String.UnicodeScalarView(unicodeScalars.map { $0.steersTerminal ? "\u{FFFD}" : $0 }))
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
  fileprivate var steersTerminal: Bool { properties.generalCategory == .control && self != "\t" }

  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: value != 0x200D  // joins emoji
    default: false
    }
  }
}
