import TextLayout

/// A table that scrolls in a region of its own where the page is narrower.
struct PageTable {
  /// A header, and the kind of the cells below it.
  struct Column {
    let title: String
    let isNumeric: Bool

    static func text(_ title: String) -> Column { Column(title: title, isNumeric: false) }
    static func number(_ title: String) -> Column { Column(title: title, isNumeric: true) }
  }

  /// The content of a row in one column.
  struct Cell {
    let content: HTML
    /// The key by which a sortable table sorts the row; nil: the text.
    var sortKey: String?

    init(_ content: HTML, sortKey: String? = nil) {
      self.content = content
      self.sortKey = sortKey
    }

    /// Text without markup.
    init(text: String) { self.init("\(text)") }

    /// A number, which sorts by all its digits; a dash where there is none.
    init(_ number: Double?, _ digits: Int) {
      self.init("\(number?.fixed(digits) ?? "–")", sortKey: Self.key(number))
    }

    /// The sort key of a number as JavaScript reads it; empty if there is no number.
    static func key(_ number: Double?) -> String {
      guard let number, !number.isNaN else { return "" }
      return number.isFinite ? "\(number)" : number < 0 ? "-Infinity" : "Infinity"
    }

    /// A whole number with its thousands set off.
    init(_ number: Int) { self.init("\(number.grouped)", sortKey: "\(number)") }
  }

  let caption: String
  let columns: [Column]
  /// The rows, with a cell for each column; the first cell is the row's header.
  let rows: [[Cell]]
  /// True if readers can sort the table.
  var isSortable = false
  /// True if the caption is shown above the table, and not only read to those who cannot see it.
  var showsCaption = false
  /// True if it is as wide as its surroundings.
  var isWide = false
  /// True if cells hold texts of several lines.
  var wraps = false

  var html: HTML {
    let header = columns.map { column -> HTML in
      "<th scope=\"col\"\(column.isNumeric ? Self.numeric : nil)>\(Self.breakable(column.title))</th>"
    }
    let classes = [isSortable ? "sortable" : nil, isWide ? "wide" : nil, wraps ? "values" : nil]
      .compactMap(\.self)
      .joined(separator: " ")
    return """
      <div class="scroll" role="group" tabindex="0" aria-label="\(caption)">
      <table class="\(classes)"><caption\(showsCaption ? nil : " class=\"unseen\"")>\(caption)</caption>
      <thead><tr>\(header)</tr></thead>
      <tbody>
      \(rows.map(row))</tbody></table></div>

      """
  }

  /// `title` with places to break it after each `mark`: columns are as narrow as their numbers.
  static func breakable(_ title: String, after mark: Character = "_") -> HTML {
    let parts = title.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
    let last = parts.count - 1
    return HTML(parts.enumerated().map { $0 == last ? "\($1)" : "\($1)\(String(mark))<wbr>" })
  }

  private static let numeric: HTML = " class=\"number\""

  private func row(_ cells: [Cell]) -> HTML {
    let cells = zip(columns, cells).enumerated().map { index, pair -> HTML in
      let (column, cell) = pair
      let key = cell.sortKey.map { " data-key=\"\($0)\"" as HTML }
      let attributes: HTML = "\(column.isNumeric ? Self.numeric : nil)\(key)"
      return index == 0
        ? "<th scope=\"row\"\(attributes)>\(cell.content)</th>"
        : "<td\(attributes)>\(cell.content)</td>"
    }
    return "<tr>\(cells)</tr>\n"
  }
}
