/// Tables as comma-separated text (RFC 4180, with a bare line feed at the end of each line).
public enum CSV {
  /// One line. Fields with a comma, quote or line break are put in quotes.
  public static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
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

  /// The numbers in each row of a table, by the names of their columns; empty fields are left out.
  ///
  /// All `required` columns must be there; columns that are not asked for may hold anything.
  package static func numbers<Number: LosslessStringConvertible>(
    in text: String, required: [String], optional: [String] = [],
    as type: Number.Type = Number.self
  ) throws(CSVError) -> [[String: Number]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let columns = (lines.first ?? "").split(separator: ",").map(String.init)
    for column in required where !columns.contains(column) {
      throw CSVError(reason: "it has no column '\(column)'")
    }
    guard lines.last == "" else { throw CSVError(reason: "its last line has no end") }
    let wanted = Set(required + optional)
    var rows: [[String: Number]] = []
    for (index, line) in lines.enumerated().dropFirst().dropLast() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == columns.count else {
        throw CSVError(
          reason: "line \(index + 1) has \(fields.count) of \(columns.count) values")
      }
      var row: [String: Number] = [:]
      for (column, field) in zip(columns, fields) where wanted.contains(column) && !field.isEmpty {
        guard let number = Number(String(field)) else {
          throw CSVError(reason: "line \(index + 1): '\(field)' is not a number")
        }
        row[column] = number
      }
      rows.append(row)
    }
    return rows
  }
}

/// Text is not the table of numbers that it should be.
public struct CSVError: Error, Hashable, Sendable {
  /// What is wrong.
  public let reason: String

  /// Text is no table, because of `reason`.
  public init(reason: String) { self.reason = reason }
}
