/// The output formats of a comparison.
package enum ComparisonFormat: String, CaseIterable, Sendable {
  /// For a terminal.
  case table
  /// For a README.
  case markdown
  /// All digits, means and deviations apart.
  case csv
  /// Like `csv`, and with the runs that do not count.
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
