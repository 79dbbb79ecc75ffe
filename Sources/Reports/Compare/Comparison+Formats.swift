extension Comparison {
  /// The comparison as text that ends with a line break; `width` and `hasColor` hold for tables only.
  package func text(
    _ format: TableFormat, width: Int? = nil, hasColor: Bool = false
  ) -> String {
    switch format {
    case .table: table(width: width, hasColor: hasColor)
    case .markdown: markdown
    case .latex: latex
    case .csv: csv
    case .json: json.indentedJSON
    }
  }
}
