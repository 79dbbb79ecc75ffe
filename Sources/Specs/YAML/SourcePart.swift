import Diagnostics

/// A part of a file that is YAML by itself: all of it, or what stands behind `key=` on the command line.
struct SourcePart {
  let file: SourceFile
  let text: Substring
  /// The place where it starts.
  let start: Location

  /// All of `file`.
  init(_ file: SourceFile) {
    self.file = file
    text = file.text[...]
    start = Location(file: file, line: 1, column: 1)
  }

  /// `text`, which starts at `start`.
  init(_ text: Substring, from start: Location) {
    file = start.file
    self.text = text
    self.start = start
  }

  /// The place with these numbers in the part, both counted from 0, as libyaml does.
  func location(line: Int, column: Int) -> Location {
    Location(
      file: file, line: start.line + line, column: line == 0 ? start.column + column : column + 1)
  }

  /// The place of the character at a byte offset in the part.
  func location(atByte offset: Int) -> Location {
    let before = file.text.utf8.distance(from: file.text.startIndex, to: text.startIndex)
    return file.location(atByte: before + offset)
  }
}
