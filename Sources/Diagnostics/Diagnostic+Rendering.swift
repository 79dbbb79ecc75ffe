import TextLayout

extension Diagnostic {
  /// The text for a person: place and message, the source line with a caret, notes, hint.
  ///
  ///     mnist.yaml:31:5: error: 'dense' needs a flat input, got 5×5×64
  ///        31 |     - {type: dense, units: 128}
  ///           |     ^
  ///     mnist.yaml:27:5: note: that shape is produced here
  ///     hint: insert '- {type: flatten}' before it
  ///
  /// - Parameter width: columns of the terminal; nil if it goes elsewhere. Long source lines are cut around the caret.
  package func rendered(color: Bool = false, width: Int? = nil) -> String {
    let paint = color ? Style.terminal : Style.plain
    let tone = severity == .error ? paint.error : paint.warning
    var lines = [
      Self.place(location, paint) + tone("\(severity.rawValue): ")
        + paint.strong(message.withoutControlCharacters)
    ]
    if let location { lines += Self.excerpt(at: location, width, paint) }
    for note in notes + (location?.trail ?? []) {
      lines.append(
        Self.place(note.location, paint) + paint.note("note: ")
          + note.message.withoutControlCharacters)
    }
    if let hint { lines.append(paint.note("hint: ") + hint.withoutControlCharacters) }
    return lines.joined(separator: "\n")
  }

  private static func place(_ location: Location?, _ paint: Style) -> String {
    location.map { paint.strong("\($0.description.withoutControlCharacters): ") } ?? ""
  }

  /// The source line under its number, and the caret below it; nothing where there is no text.
  private static func excerpt(
    at location: Location, _ width: Int?, _ paint: Style
  ) -> [String] {
    guard let line = location.file.line(location.line), line.contains(where: { !$0.isWhitespace })
    else { return [] }
    let number = String(location.line)
    let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number + " | "
    let empty = String(repeating: " ", count: gutter.count - 2) + "| "
    let scalars = line.unicodeScalars
    let before = String(scalars.prefix(location.column - 1))
    let (start, text) = window(
      before: before, after: String(scalars.dropFirst(before.unicodeScalars.count)),
      most: min(100, max(20, (width ?? .max) - gutter.count)))
    let beyond = String(repeating: " ", count: max(0, location.column - 1 - scalars.count))
    return [
      gutter + text.withoutControlCharacters, empty + start.blank + beyond + paint.caret("^"),
    ]
  }

  /// Returns the visible part of a line, and of that the part before the caret: lines of more than `most` characters are
  /// cut.
  private static func window(
    before: String, after: String, most: Int
  ) -> (start: String, text: String) {
    let lead = most * 3 / 5
    guard before.count + after.count > most else { return (before, before + after) }
    let start = before.count > lead ? "…" + before.suffix(lead - 1) : before
    let room = most - start.count
    return (start, start + (after.count > room ? after.prefix(room - 1) + "…" : after[...]))
  }

  /// The colours that tell the parts of a diagnostic apart on a terminal.
  private struct Style {
    let error, warning, note, strong, caret: @Sendable (String) -> String

    static let plain = Style(
      error: { $0 }, warning: { $0 }, note: { $0 }, strong: { $0 }, caret: { $0 })
    static let terminal = Style(
      error: TerminalStyle.boldRed.applied, warning: TerminalStyle.boldMagenta.applied,
      note: TerminalStyle.boldCyan.applied, strong: TerminalStyle.bold.applied,
      caret: TerminalStyle.boldGreen.applied)
  }
}
