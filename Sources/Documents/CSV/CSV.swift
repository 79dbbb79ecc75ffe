/// Tables as comma-separated text (RFC 4180, with a bare line feed at the end of each line).
package enum CSV {
  /// One line. Fields with a comma, quote or line break are put in quotes.
  package static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
  }

  /// `field` with an apostrophe before it if a spreadsheet would take it for a formula, which can start programs. Numbers
  /// stay as they are.
  package static func withoutFormula(_ field: String) -> String {
    guard let first = field.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first),
      Double(field) == nil
    else { return field }
    return "'" + field
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains {
      [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0)
    }
    guard needsQuotes else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// The numbers in each row of a table, in the order of `required` and then `optional`, whatever the order of its
  /// columns; nil if a field is empty, or its column missing.
  ///
  /// All `required` columns must exist; other columns may contain anything.
  package static func numbers<Number: LosslessStringConvertible>(
    in text: String, required: [String], optional: [String] = [],
    as type: Number.Type = Number.self
  ) throws(CSVError) -> [[Number?]] {
    // Bytes, since finding characters takes longer than reading the numbers.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let columns = (lines.first.map(fields) ?? []).map(string)
    for column in required where !columns.contains(column) {
      throw CSVError(reason: "it has no column '\(column)'")
    }
    guard lines.last?.isEmpty == true else { throw CSVError(reason: "its last line has no end") }
    let wanted = required + optional
    let places = columns.map { wanted.firstIndex(of: $0) }
    var rows: [[Number?]] = []
    for (index, line) in lines.enumerated().dropFirst().dropLast() {
      let fields = fields(line)
      guard fields.count == columns.count else {
        throw CSVError(
          reason: "line \(index + 1) has \(fields.count) of \(columns.count) values")
      }
      var row = [Number?](repeating: nil, count: wanted.count)
      for (place, field) in zip(places, fields) {
        guard let place, !field.isEmpty else { continue }
        guard let number = Number(string(field)) else {
          throw CSVError(reason: "line \(index + 1): '\(string(field))' is not a number")
        }
        row[place] = number
      }
      rows.append(row)
    }
    return rows
  }

  private static func fields(_ line: Substring.UTF8View) -> [Substring.UTF8View] {
    line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  }

  private static func string(_ field: Substring.UTF8View) -> String { String(Substring(field)) }
}

/// The error that a text is not a valid table of numbers.
package struct CSVError: Error, Hashable, Sendable {
  /// The mistake.
  package let reason: String

  /// The error with the given `reason`.
  package init(reason: String) { self.reason = reason }
}
