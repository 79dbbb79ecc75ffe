/// How a comparison is written.
package enum ComparisonFormat: String, CaseIterable, Sendable {
  /// For a terminal.
  case table
  /// For a README.
  case markdown
  /// All digits, means and deviations apart.
  case csv
  /// Likewise, with the runs that don't count.
  case json
}

extension Comparison {
  /// The comparison as text that ends with a line break; `width` and `hasColor` hold for tables only.
  package func text(
    _ format: ComparisonFormat, width: Int? = nil, hasColor: Bool = false
  ) -> String {
    switch format {
    case .table: table(width: width, hasColor: hasColor)
    case .markdown: markdown
    case .csv: csv
    case .json: json.indentedJSON
    }
  }
}
