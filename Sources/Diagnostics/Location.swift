/// A place in a file; lines and columns (in Unicode scalars) count from 1.
package struct Location: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let file: SourceFile
  package let line: Int
  package let column: Int
  /// Notes on how the text here came to be used elsewhere, such as by a block; every diagnostic shows them. They make
  /// no other place of it.
  package let trail: [Diagnostic.Note]

  /// The place in `file` with these numbers.
  package init(file: SourceFile, line: Int, column: Int, trail: [Diagnostic.Note] = []) {
    self.file = file
    self.line = line
    self.column = column
    self.trail = trail
  }

  /// The same place, with more notes on how it came to be used, which stand before the others.
  package func with(trail more: [Diagnostic.Note]) -> Location {
    more.isEmpty
      ? self : Location(file: file, line: line, column: column, trail: more + trail)
  }

  /// The place so many columns further on in the same line.
  package func advanced(by columns: Int) -> Location {
    Location(file: file, line: line, column: column + columns, trail: trail)
  }

  /// `file:line:column`, as editors and terminals link it.
  package var description: String { "\(file.path):\(line):\(column)" }

  package static func == (left: Self, right: Self) -> Bool {
    (left.file.path, left.line, left.column) == (right.file.path, right.line, right.column)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.file.path, left.line, left.column) < (right.file.path, right.line, right.column)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(file.path)
    hasher.combine(line)
    hasher.combine(column)
  }
}
