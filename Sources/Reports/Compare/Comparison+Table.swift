import Metrics
import TextLayout

extension Comparison {
  /// The table and the notes below it.
  func table(width: Int?, hasColor: Bool) -> String {
    guard !rows.isEmpty else { return (["no runs to compare"] + notes).map { $0 + "\n" }.joined() }
    let (table, columns) = textTable(alignsMeans: true)
    // Columns that were asked for are never left out, however narrow the terminal.
    let fitted = chosenColumns == nil ? width : nil
    let shown = table.shownColumns(width: fitted).map { columns[$0] }
    let paragraphs = [sentences, legend(shown) + notes].filter { !$0.isEmpty }.map { lines in
      "\n" + lines.map { $0.wrapped(to: width) + "\n" }.joined()
    }
    let best = hasColor ? Set(rows.indices.filter { rows[$0].isBest }) : []
    return table.text(width: fitted, highlighted: best) + paragraphs.joined()
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

  /// The table and, as comments, the notes below it.
  var latex: String {
    let table = rows.isEmpty ? nil : textTable(alignsMeans: false)
    let lines = table.map { sentences + legend($0.1) } ?? ["no runs to compare"]
    return (table?.0.latex ?? "") + (lines + notes).map { "% \($0.singleLine)\n" }.joined()
  }

  /// The values that differ and that a table does not show.
  var hiddenValues: [String] { untitledValues.filter { !shownValues.contains(.value($0)) } }

  /// The values that have a column in a table.
  private var shownValues: Set<ComparisonColumn> {
    if let chosenColumns { return Set(chosenColumns) }
    let values =
      options.showsAllValues ? untitledValues[...] : untitledValues.prefix(Self.mostValues)
    return Set(values.map { ComparisonColumn.value($0) } + [sortColumn])
  }

  /// The largest number of values with a column in a table; files have all.
  private static let mostValues = 8

  /// True if each row is a combination of a sweep's values, which its title names.
  private var isSweep: Bool { Self.areOfSweeps(allRows, options) }

  private static func areOfSweeps(_ rows: [ComparisonRow], _ options: ComparisonOptions) -> Bool {
    options.grouping.showsSpecs && !rows.isEmpty && rows.allSatisfy { $0.variant != nil }
  }

  /// The addresses of `telling` whose values the titles of `rows` do not say.
  ///
  /// Titles of a sweep's combinations say what differs within the sweep; they do not say in what two sweeps differ, nor
  /// two experiments of one combination.
  static func untitled(
    _ telling: [String], _ rows: [ComparisonRow], _ options: ComparisonOptions,
    _ values: ValueTable
  ) -> [String] {
    guard areOfSweeps(rows, options) else { return telling }
    func differing(_ rows: [ComparisonRow]) -> Set<String> {
      Set(values.differences(between: Set(rows.map(\.specHash))).map(\.address))
    }
    let sweeps = Dictionary(grouping: rows) { [$0.name] + $0.latest.varied }.values.map(differing)
    let said = sweeps.dropFirst().reduce(sweeps.first ?? []) { $0.intersection($1) }
    let combinations = Dictionary(grouping: rows) { [$0.name, $0.variant] }.values
    let unsaid = Set(combinations.filter { $0.count > 1 }.flatMap(differing))
    return telling.filter { !said.contains($0) || unsaid.contains($0) }
  }

  private func textTable(alignsMeans: Bool) -> (TextTable, [ComparisonColumn]) {
    let columns = ComparisonColumn.all(self).filter { !$0.isValue || shownValues.contains($0) }
    let (telling, titles) = rowTitles
    let ranks = ComparisonColumn.ranks(columns, self, telling: telling)
    let isPadded = alignsMeans && rows.contains { $0.scoreCount > 1 }
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
    func labels(_ rows: some Sequence<ComparisonRow>) -> [RowRuns.Identity: String] {
      Dictionary(rows.map { ($0.identity, $0.label) }) { first, _ in first }
    }
    if isSweep { return ([], labels(groups)) }
    let namesakes = Dictionary(grouping: groups, by: \.name).values.filter { $0.count > 1 }
    guard options.grouping.showsSpecs, chosenColumns == nil else {
      return ([], labels(namesakes.joined()))
    }
    let wanted = Set(
      namesakes.flatMap { rows in
        ValueDifferences(Set(rows.map(\.specHash)), in: values, names: names).telling.prefix(2)
      })
    let telling = differences.telling.filter(wanted.contains).prefix(2)
    var titles: [RowRuns.Identity: String] = [:]
    for group in namesakes {
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
  var isRowTitle: Bool {
    switch self {
    case .experiment, .group: true
    default: false
    }
  }

  /// True if it holds values of specs.
  var isValue: Bool { if case .value = self { true } else { false } }
}
