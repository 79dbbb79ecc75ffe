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

  /// The rows of a table of numbers below its `columns`; empty fields become nil.
  package static func numbers<Number: LosslessStringConvertible>(
    in text: String, columns: [String], as type: Number.Type = Number.self
  ) throws(CSVError) -> [[Number?]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == columns.joined(separator: ",")[...] else {
      throw CSVError(reason: "its first line is not the one expected")
    }
    guard lines.last == "" else { throw CSVError(reason: "its last line has no end") }
    var rows: [[Number?]] = []
    for (index, line) in lines.enumerated().dropFirst().dropLast() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == columns.count else {
        throw CSVError(
          reason: "line \(index + 1) has \(fields.count) of \(columns.count) values")
      }
      var row: [Number?] = []
      for field in fields {
        let number = Number(String(field))
        guard number != nil || field.isEmpty else {
          throw CSVError(reason: "line \(index + 1): '\(field)' is not a number")
        }
        row.append(number)
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
