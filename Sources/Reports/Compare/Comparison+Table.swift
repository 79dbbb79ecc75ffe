import Metrics
import TextLayout

extension Comparison {
  /// The table and the notes below it.
  func table(width: Int?, hasColor: Bool) -> String {
    guard !rows.isEmpty else { return (["no runs to compare"] + notes).map { $0 + "\n" }.joined() }
    let (table, columns) = textTable(alignsMeans: true)
    let shown = table.shownColumns(width: width).map { columns[$0] }
    let paragraphs = [sentences, legend(shown) + notes].filter { !$0.isEmpty }.map { lines in
      "\n" + lines.map { $0.wrapped(to: width) + "\n" }.joined()
    }
    let best = hasColor ? Set(rows.indices.filter { rows[$0].isBest }) : []
    return table.text(width: width, highlighted: best) + paragraphs.joined()
  }

  /// The table and, as a list, the notes below it.
  var markdown: String {
    guard !rows.isEmpty else {
      return (["no runs to compare"] + notes.map(\.escapedForMarkdown))
        .joined(separator: "\n\n") + "\n"
    }
    let (table, columns) = textTable(alignsMeans: false)
    let list = (sentences + legend(columns) + notes).map { "- \($0.escapedForMarkdown)\n" }
    return table.markdown + (list.isEmpty ? "" : "\n" + list.joined())
  }

  /// The values that differ and that a table does not show.
  var hiddenValues: [String] {
    let unsaid = isSweep ? valuesBesideVariants : differences.telling
    return unsaid.filter { !shownValues.contains(.value($0)) }
  }

  /// The values that have a column in a table.
  private var shownValues: Set<ComparisonColumn> {
    Set(differences.telling.prefix(mostValues).map { ComparisonColumn.value($0) } + [sortColumn])
  }

  /// The largest number of values with a column in a table; files have all. Titles of a sweep's combinations already
  /// name the values that vary.
  private var mostValues: Int { isSweep ? 0 : 8 }

  /// True if each row is a combination of a sweep's values.
  private var isSweep: Bool {
    options.grouping.showsSpecs && !rows.isEmpty && allRows.allSatisfy { $0.variant != nil }
  }

  /// The values that differ between rows of one combination, which therefore does not say them.
  private var valuesBesideVariants: [String] {
    let variants = Dictionary(grouping: allRows) { [$0.name, $0.variant] }.values
    let found = Set(
      variants.filter { $0.count > 1 }.flatMap { rows in
        ValueDifferences(Set(rows.map(\.specHash)), in: values, names: names).telling
      })
    return differences.addresses.filter(found.contains)
  }

  private func textTable(alignsMeans: Bool) -> (TextTable, [ComparisonColumn]) {
    let columns = ComparisonColumn.all(self).filter { !$0.isValue || shownValues.contains($0) }
    let (telling, titles) = rowTitles
    let ranks = ComparisonColumn.ranks(columns, self, telling: telling)
    let isPadded = alignsMeans && rows.contains { $0.counted.count > 1 }
    let cells = rows.concurrentMap { row in
      columns.map { column in
        let mark = row.isBest && column.isRowTitle ? " *" : ""
        let title = column.isRowTitle ? titles[row.identity] : nil
        return (title ?? cell(column, of: row).text(isPadded: isPadded)) + mark
      }
    }
    let table = TextTable(
      zip(columns, ranks).enumerated().map { place, column in
        let isText =
          column.0.isText || column.0.isValue && !cells.allSatisfy { Self.isNumber($0[place]) }
        return TextTable.Column(column.0.title(names), isText ? .left : .right, rank: column.1)
      }, rows: cells)
    return (table, columns)
  }

  /// True if `text` is a number, or the dash for a missing one.
  private static func isNumber(_ text: String) -> Bool { text == "–" || Double(text) != nil }

  /// The titles of rows in a table, and the columns that distinguish rows of one name. Rows that these do not
  /// distinguish are titled with the spec's hash, or with what differs in their data.
  private var rowTitles: (telling: [ComparisonColumn], titles: [RowRuns.Identity: String]) {
    let unique = Dictionary(allRows.map { ($0.identity, $0) }) { first, _ in first }.values
    if isSweep {
      return ([], Dictionary(unique.map { ($0.identity, $0.label) }) { first, _ in first })
    }
    let groups = Dictionary(grouping: unique, by: \.name).values.filter { $0.count > 1 }
    guard options.grouping.showsSpecs else {
      return ([], Dictionary(groups.joined().map { ($0.identity, $0.label) }) { first, _ in first })
    }
    let wanted = Set(
      groups.flatMap { rows in
        ValueDifferences(Set(rows.map(\.specHash)), in: values, names: names).telling.prefix(2)
      })
    let telling = differences.telling.filter(wanted.contains).prefix(2)
    var titles: [RowRuns.Identity: String] = [:]
    for group in groups {
      let combinations = Dictionary(grouping: group) { row in
        telling.map { values.text(at: $0, in: row.specHash) }
      }.values
      for alike in combinations where alike.count > 1 {
        let names = alike.map { "\($0.name) (\($0.distinction ?? $0.shortHash))" }
        let isUnique = Set(names).count == names.count
        for (row, name) in zip(alike, names) {
          titles[row.identity] = isUnique ? name : row.label
        }
      }
    }
    return (telling.map { .value($0) }, titles)
  }
}

extension ComparisonColumn {
  /// True if it holds the titles of rows.
  fileprivate var isRowTitle: Bool {
    switch self {
    case .experiment, .group: true
    default: false
    }
  }

  /// True if it holds values of specs.
  var isValue: Bool { if case .value = self { true } else { false } }
}
