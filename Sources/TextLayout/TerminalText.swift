/// The styles that set text off on a terminal, by their parameters of the sequence SGR (ECMA-48).
package enum TerminalStyle: String, CaseIterable, Sendable {
  case bold = "1"
  case boldRed = "1;31"
  case boldGreen = "1;32"
  case boldMagenta = "1;35"
  case boldCyan = "1;36"

  /// `text` in this style.
  package func applied(to text: String) -> String { start + text + Self.end }

  private var start: String { "\u{1B}[\(rawValue)m" }
  private static let end = "\u{1B}[0m"

  /// All sequences that styles consist of.
  fileprivate static let sequences = (allCases.map(\.start) + [end]).map {
    Array($0.unicodeScalars)
  }
}

extension String {
  /// Columns of a terminal that this text takes, the sequences of `TerminalStyle` apart.
  var widthWithoutStyles: Int {
    guard utf8.contains(0x1B) else { return displayWidth }
    return TerminalStyle.sequences.reduce(self) {
      $0.replacing(String(String.UnicodeScalarView($1)), with: "")
    }.displayWidth
  }

  /// This text as it may reach a terminal, whoever wrote it: what could steer one becomes visible, but for line breaks,
  /// tabs and, if it `keepsStyles`, the sequences of `TerminalStyle`.
  package func cleanedForTerminal(keepsStyles: Bool) -> String {
    guard unicodeScalars.contains(where: { $0.steersTerminal && $0 != "\n" }) else { return self }
    var cleaned = String.UnicodeScalarView()
    var rest = unicodeScalars[...]
    while let scalar = rest.first {
      let style = keepsStyles ? TerminalStyle.sequences.first { rest.starts(with: $0) } : nil
      cleaned.append(contentsOf: style ?? [scalar == "\n" ? scalar : scalar.madeVisible])
      rest = rest.dropFirst(style?.count ?? 1)
    }
    return String(cleaned)
  }
}
