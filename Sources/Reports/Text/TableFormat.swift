/// The output formats of a table.
package enum TableFormat: String, CaseIterable, Sendable {
  /// For a terminal.
  case table
  /// For a README.
  case markdown
  /// For an article, with the rules of LaTeX's package booktabs.
  case latex
  /// All digits, means and deviations apart.
  case csv
  /// Like `csv`, and with what has no place in a table.
  case json
}
