extension Character {
  /// Columns of a terminal that this takes: 2 for emoji and East Asian wide characters, 0 for what only changes
  /// the character before it.
  ///
  /// A character is as wide as its first scalar; what follows (accents, skin tones, joined emoji) is drawn into
  /// it. U+FE0F asks for the wide, coloured form.
  package var displayWidth: Int {
    guard let first = unicodeScalars.first, !first.takesNoRoom else { return 0 }
    let asksForEmoji = unicodeScalars.contains { $0.value == 0xFE0F }
    return first.properties.isEmojiPresentation || first.isEastAsianWide || asksForEmoji ? 2 : 1
  }
}

extension String {
  /// Columns of a terminal that this text takes.
  package var displayWidth: Int {
    plainLength ?? reduce(0) { $0 + $1.displayWidth }
  }

  /// The number of characters, if each is a scalar of one column: most text is so, and counted fast.
  package var plainLength: Int? {
    var count = 0
    for scalar in unicodeScalars {
      switch scalar.value {
      // Latin, the dash, and the sign of a difference
      case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF, 0x2013, 0x394: count += 1
      default: return nil
      }
    }
    return count
  }

  /// This text with spaces behind it, `width` columns in all; longer text stays as it is.
  package func padded(to width: Int) -> String { self + spaces(width - displayWidth) }

  /// This text with spaces before it, `width` columns in all; longer text stays as it is.
  package func leftPadded(to width: Int) -> String { spaces(width - displayWidth) + self }

  /// This text cut to `width` columns: the last is an ellipsis where something is missing, or the first if its end is
  /// kept.
  package func truncated(to width: Int, keepsEnd: Bool = false) -> String {
    guard displayWidth > width else { return self }
    var (kept, room) = ([Character](), width - 1)
    for character in keepsEnd ? Array(reversed()) : Array(self) {
      room -= character.displayWidth
      if room < 0 { break }
      kept.append(character)
    }
    return keepsEnd ? "…" + String(kept.reversed()) : String(kept) + "…"
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

extension Unicode.Scalar {
  fileprivate var takesNoRoom: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark:
      true
    default: false
    }
  }

  /// Class W or F of Unicode's East Asian Width (UAX #11), by block.
  fileprivate var isEastAsianWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
