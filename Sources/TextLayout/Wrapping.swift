extension String {
  /// This text in lines of at most `width` columns, broken at spaces, with an indent from the second
  /// line on. Words longer than a line stay whole.
  package func wrapped(to width: Int?, indent: String = "  ") -> String {
    guard let width, widthWithoutStyles > width else { return self }
    var (lines, line) = ([String](), "")
    for word in split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if line.widthWithoutStyles + 1 + String(word).widthWithoutStyles <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = indent + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }

  /// This text with its lines of prose in `width` columns. Lines that begin with a space, or have several in a row, are laid
  /// out already.
  package func brokenAtWords(width: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let line = String(line)
      return line.hasPrefix(" ") || line.contains("  ") ? line : line.wrapped(to: width)
    }.joined(separator: "\n")
  }

  /// This text without the `character`s at its end.
  package func trimmingSuffix(_ character: Character) -> Substring {
    self[..<(lastIndex { $0 != character }.map(index(after:)) ?? startIndex)]
  }
}
