import TextLayout

/// Rows under headers, for a terminal, as Markdown, or in LaTeX.
package struct TextTable: Sendable {
  /// On which side of a column its cells stand.
  package enum Alignment: Sendable {
    case left, right
  }

  /// A header, and the properties of the cells below it.
  package struct Column: Sendable {
    /// The header.
    package let title: String
    /// The alignment of header and cells.
    package let alignment: Alignment
    /// The order in which columns get room if space is short, the lowest first; those of rank 0 always stay.
    package let rank: Int
    /// True if the end of what is cut stays and not its beginning, as with paths.
    package let keepsEnd: Bool

    /// A column of text (left) or numbers (right).
    package init(
      _ title: String, _ alignment: Alignment = .left, rank: Int = 0, keepsEnd: Bool = false
    ) {
      self.title = title
      self.alignment = alignment
      self.rank = rank
      self.keepsEnd = keepsEnd
    }
  }

  private let columns: [Column]
  private let rows: [[String]]
  private static let gap = "  "
  private static let narrowestText = 8

  /// A table with a cell for each column in each row. Line breaks in cells become spaces.
  package init(_ columns: [Column], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "one cell for each column")
    self.columns = columns
    self.rows = rows.map { $0.map(\.singleLine) }
  }

  /// The table in aligned columns, at most `width` wide if that can be done; nil: as wide as it gets.
  ///
  /// If space is short, columns for which there is no room after those of lower ranks are left out, and a last line says
  /// which; then the first column is cut.
  /// The rows with the indices `highlighted` are bold and green.
  package func text(width: Int? = nil, highlighted: Set<Int> = []) -> String {
    let (shown, widths) = fittedColumns(width: width)
    @Sendable func line(_ cells: [String]) -> String {
      let padded = shown.map { column in
        let cell = cells[column].truncated(
          to: widths[column], keepsEnd: columns[column].keepsEnd)
        return columns[column].alignment == .left
          ? cell.padded(to: widths[column]) : cell.leftPadded(to: widths[column])
      }
      return String(padded.joined(separator: Self.gap).trimmingSuffix(" ")) + "\n"
    }
    let omitted = columns.indices.filter { !shown.contains($0) }.map { columns[$0].title }
    let note = "no room for: " + omitted.joined(separator: ", ")
    let body = Array(rows.enumerated()).concurrentMap { place, row in
      // The codes stand around the whole line, so that they do not change the widths.
      highlighted.contains(place)
        ? TerminalStyle.boldGreen.applied(to: String(line(row).dropLast())) + "\n" : line(row)
    }
    return line(columns.map(\.title)) + body.joined()
      + (omitted.isEmpty ? "" : note.wrapped(to: width) + "\n")
  }

  /// The places of the columns that `width` has room for.
  func shownColumns(width: Int?) -> [Int] { fittedColumns(width: width).shown }

  private func fittedColumns(width: Int?) -> (shown: [Int], widths: [Int]) {
    let limit = width ?? Int.max
    var widths = columns.indices.map { column in
      rows.reduce(columns[column].title.displayWidth) { max($0, $1[column].displayWidth) }
    }
    func total(_ places: [Int]) -> Int {
      places.reduce(-Self.gap.count) { $0 + widths[$1] + Self.gap.count }
    }
    var shown = columns.indices.filter { columns[$0].rank == 0 }
    let others = columns.indices.filter { columns[$0].rank > 0 }
    for column in others.sorted(by: { columns[$0].rank < columns[$1].rank })
    where total(shown + [column]) <= limit {
      shown.append(column)
    }
    shown.sort()
    if let first = shown.first, total(shown) > limit {
      widths[first] = max(
        widths[first] - (total(shown) - limit), min(widths[first], Self.narrowestText))
    }
    return (shown, widths)
  }

  /// The whole table in GitHub's Markdown.
  package var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(columns.map(\.title.escapedForMarkdown))
      + line(columns.map { $0.alignment == .left ? "---" : "---:" })
      + rows.map { line($0.map(\.escapedForMarkdown)) }.joined()
  }

  /// The whole table in LaTeX, with the rules of the package booktabs.
  package var latex: String {
    func line(_ cells: [String]) -> String {
      "  " + cells.map(\.escapedForLaTeX).joined(separator: " & ") + " \\\\\n"
    }
    let alignments = columns.map { $0.alignment == .left ? "l" : "r" }.joined()
    return "\\begin{tabular}{\(alignments)}\n  \\toprule\n" + line(columns.map(\.title))
      + "  \\midrule\n" + rows.map(line).joined() + "  \\bottomrule\n\\end{tabular}\n"
  }
}
