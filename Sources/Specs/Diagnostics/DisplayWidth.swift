extension String {
  /// As much white space as this text takes on a terminal; tabs stay tabs, so that both align.
  var blank: String {
    reduce(into: "") { blank, character in
      blank += character == "\t" ? "\t" : String(repeating: " ", count: character.displayWidth)
    }
  }

  /// The text with its control characters, which could steer a terminal, made visible.
  var withoutControlCharacters: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }))
  }

  /// The text in single quotes, fit for a message: one line, no control characters, not long.
  var quoted: String {
    let start = prefix(60).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .joined(separator: "⏎")
    return "'\(start.withoutControlCharacters)\(start.count < count ? "…" : "")'"
  }
}

extension Character {
  /// How many columns of a terminal this takes: 2 for emoji and East Asian wide characters.
  var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if unicodeScalars.count == 1, first.properties.generalCategory.isInvisible { return 0 }
    let isWide =
      unicodeScalars.contains { $0 == "\u{FE0F}" } || unicodeScalars.contains(where: \.isWide)
    return isWide ? 2 : 1
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isInvisible: Bool {
    self == .nonspacingMark || self == .enclosingMark || self == .format
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { properties.generalCategory == .control && self != "\t" }

  /// Emoji, and the ranges of Unicode's East Asian Width `W` and `F`, in blocks.
  fileprivate var isWide: Bool {
    if properties.isEmojiPresentation { return true }
    return switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
