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
    let rows = try rows(in: text)
    let columns = (rows.first ?? []).map(String.init)
    for column in required where !columns.contains(column) {
      throw CSVError(reason: "it has no column '\(column)'")
    }
    let wanted = required + optional
    let places = columns.map { wanted.firstIndex(of: $0) }
    var numbers: [[Number?]] = []
    for (index, fields) in rows.enumerated().dropFirst() {
      var row = [Number?](repeating: nil, count: wanted.count)
      for (place, field) in zip(places, fields) {
        guard let place, !field.isEmpty else { continue }
        guard let number = Number(String(field)) else {
          throw CSVError(reason: "line \(index + 1): '\(field)' is not a number")
        }
        row[place] = number
      }
      numbers.append(row)
    }
    return numbers
  }

  /// The fields of each line, without the quotes that some are in. All lines have as many as the first.
  package static func rows(in text: String) throws(CSVError) -> [[Substring]] {
    var rows: [[Substring]] = []
    // Bytes, since finding characters takes longer than reading the numbers.
    let bytes = text.utf8
    var position = bytes.startIndex
    while position < bytes.endIndex {
      var row: [Substring] = []
      row.reserveCapacity(rows.first?.count ?? 0)
      while true {
        row.append(try field(of: bytes, from: &position, line: rows.count + 1))
        guard position < bytes.endIndex else {
          throw CSVError(reason: "its last line has no end")
        }
        let isAtEnd = bytes[position] == UInt8(ascii: "\n")
        position = bytes.index(after: position)
        if isAtEnd { break }
      }
      guard row.count == rows.first?.count ?? row.count else {
        throw CSVError(
          reason: "line \(rows.count + 1) has \(row.count) of \(rows[0].count) values")
      }
      rows.append(row)
    }
    if rows.isEmpty { throw CSVError(reason: "its last line has no end") }
    return rows
  }

  /// Reads a field up to the comma or line feed after it, where `position` is then.
  private static func field(
    of bytes: String.UTF8View, from position: inout String.UTF8View.Index, line: Int
  ) throws(CSVError) -> Substring {
    let (comma, lineFeed, quote) = (
      UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\"")
    )
    guard position < bytes.endIndex, bytes[position] == quote else {
      let rest = bytes[position...]
      let end = rest.firstIndex { $0 == comma || $0 == lineFeed } ?? bytes.endIndex
      defer { position = end }
      return Substring(bytes[position..<end])
    }
    let start = bytes.index(after: position)
    position = start
    var hasDoubledQuotes = false
    while true {
      guard let end = bytes[position...].firstIndex(of: quote) else {
        throw CSVError(reason: "line \(line): a quote has no end")
      }
      position = bytes.index(after: end)
      guard position < bytes.endIndex, bytes[position] == quote else {
        guard position == bytes.endIndex || [comma, lineFeed].contains(bytes[position]) else {
          throw CSVError(reason: "line \(line): a field goes on after its quotes")
        }
        let text = Substring(bytes[start..<end])
        guard hasDoubledQuotes else { return text }
        return Substring(
          text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\""))
      }
      hasDoubledQuotes = true
      position = bytes.index(after: position)
    }
  }
}

/// The error that a text is not a valid table of numbers.
package struct CSVError: Error, Hashable, Sendable {
  /// The mistake.
  package let reason: String

  /// The error with the given `reason`.
  package init(reason: String) { self.reason = reason }
}
