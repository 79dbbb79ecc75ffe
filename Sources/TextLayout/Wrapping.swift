extension String {
  /// This text in lines of at most `width` columns, broken at spaces, with an indent from the second
  /// line on. Words longer than a line stay whole.
  package func wrapped(to width: Int?, indent: String = "  ") -> String {
    guard let width, displayWidth > width else { return self }
    var (lines, line) = ([String](), "")
    for word in split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if line.displayWidth + 1 + String(word).displayWidth <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = indent + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }

  /// This text without the `character`s at its end.
  package func trimmingSuffix(_ character: Character) -> Substring {
    self[..<(lastIndex { $0 != character }.map(index(after:)) ?? startIndex)]
  }
}
