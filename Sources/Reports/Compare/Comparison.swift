import Metrics
import Runs

/// One row for each spec and data, with mean and standard deviation over its seeds.
///
/// Per spec and seed the latest completed run counts. Others are shown, but never averaged.
public struct Comparison: Sendable {
  /// In the order asked for.
  public let rows: [ComparisonRow]
  /// Folders that cannot be read.
  public let problems: [RunProblem]
  let sortColumn: ComparisonColumn
  /// The rows that are best by validation among those with the same data; none where there is nothing to choose
  /// from.
  private let best: Set<ComparisonRow.Identity>

  /// Compares what `catalog` holds. The best row comes first, rows without a value last.
  public init(_ catalog: RunCatalog, sortedBy column: ComparisonColumn = .valF1Macro) {
    let groups = Dictionary(grouping: catalog.runs, by: ComparisonRow.Identity.init)
    let rows = Dictionary(grouping: groups.values.map { ComparisonRow(runs: $0) }, by: \.name)
      .values.flatMap { Self.labelled($0, catalog) }
    self.rows = rows.sorted { Self.isBefore($0, $1, column) }
    problems = catalog.problems
    sortColumn = column
    best = Set(
      Dictionary(grouping: rows.filter { $0.statistics(.valF1Macro) != nil }, by: \.data).values
        .filter { $0.count > 1 }.compactMap(Self.best))
  }

  /// Whether `row` is best by validation among those with the same data.
  func isBest(_ row: ComparisonRow) -> Bool { best.contains(row.identity) }

  /// Whether any row is marked as best.
  var hasBest: Bool { !best.isEmpty }

  /// The rows of one name, told apart by what differs in their specs, or else by their hashes, or
  /// else by their data.
  private static func labelled(_ rows: [ComparisonRow], _ catalog: RunCatalog)
    -> [ComparisonRow]
  {
    guard rows.count > 1 else { return rows }
    // In one order, whatever that of the groups, for the labels to be the same every time.
    let rows = rows.sorted { $0.specHash < $1.specHash }
    // What cannot be read has no values to show: the specs are then told apart otherwise.
    let specs = rows.compactMap { catalog.specValues(of: $0.latest) }
    let texts = specs.count == rows.count ? SpecDifferences(specs).texts : nil
    return rows.indices.map { index in
      var row = rows[index]
      let text = texts?[index] ?? ""
      let isUnique = texts?.count { $0 == text } == 1
      let others = rows.indices.filter { $0 != index && rows[$0].specHash == row.specHash }
      let checksum = row.data.checksums.first { mine in
        others.contains { !rows[$0].data.checksums.contains(mine) }
      }
      let parts = [
        text, isUnique ? "" : String(row.specHash.prefix(6)),
        checksum.map { "\($0.file) \($0.sha256.prefix(6))" } ?? "",
      ].filter { !$0.isEmpty }
      row.label += " (\(parts.joined(separator: ", ")))"
      return row
    }
  }

  /// The row that is best by validation; of equals, the one that comes first.
  private static func best(_ rows: [ComparisonRow]) -> ComparisonRow.Identity? {
    rows.map { (mean: $0.statistics(.valF1Macro)?.mean ?? 0, identity: $0.identity) }
      .max { ($0.mean, $1.identity.specHash) < ($1.mean, $0.identity.specHash) }?.identity
  }

  private static func isBefore(
    _ left: ComparisonRow, _ right: ComparisonRow, _ column: ComparisonColumn
  ) -> Bool {
    switch (left.sortKey(column), right.sortKey(column)) {
    case (let first?, let second?) where first != second:
      column.isDescending ? first > second : first < second
    case (.some, nil): true
    case (nil, .some): false
    default: (left.label, left.specHash) < (right.label, right.specHash)
    }
  }

  /// The comparison as text that ends with a line break; `width` holds for tables only.
  public func text(_ format: ComparisonFormat, width: Int? = nil) -> String {
    switch format {
    case .table: table(width: width)
    case .markdown: markdown
    case .csv: csv
    case .json: json.text
    }
  }
}

/// How a comparison is written.
public enum ComparisonFormat: String, CaseIterable, Sendable {
  /// For a terminal.
  case table
  /// For a README.
  case markdown
  /// All digits, means and deviations apart.
  case csv
  /// Likewise, with the runs that don't count.
  case json
}
