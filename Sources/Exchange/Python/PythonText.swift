import Tensors

/// Python source text: literals and calls, as the formatter Black would write them.
///
/// Names that a spec or a dataset brings along enter a file through `string`, `prose` or `PythonNames`, and no other
/// way: whoever chose them must not decide what the file does.
enum PythonText {
  /// Columns of a line at most.
  static let width = 88

  /// A string literal.
  static func string(_ text: String) -> String { "\"\(prose(text))\"" }

  /// The inside of a string literal or docstring: quotes, backslashes and whatever does not print are escaped.
  static func prose(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case _ where scalar == "\"" || scalar == "\\": "\\\(scalar)"
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        escape(scalar)
      case .spaceSeparator where scalar != " ": escape(scalar)
      default: "\(scalar)"
      }
    }.joined()
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let isShort = digits.count <= 4
    let zeros = String(repeating: "0", count: (isShort ? 4 : 8) - digits.count)
    return (isShort ? "\\u" : "\\U") + zeros + digits
  }

  /// A number with as many digits as make it again.
  static func number(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
    value.isFinite ? value.description : "float(\"\(value)\")"
  }

  /// `3` for two equal lengths, else `(3, 5)`.
  static func pair(_ lengths: SIMD2<Int>) -> String {
    lengths.x == lengths.y ? "\(lengths.x)" : "(\(lengths.x), \(lengths.y))"
  }

  /// The tuple of `items`.
  static func tuple(_ items: [some Any]) -> String {
    "(" + items.map { "\($0)" }.joined(separator: ", ") + (items.count == 1 ? ",)" : ")")
  }

  /// The lines of `start`, which ends in a bracket, `arguments` and `end`: one if they fit, else an argument a line.
  static func call(
    _ start: String, _ arguments: [String], _ end: String = ")", indent: Int
  ) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let together = arguments.joined(separator: ", ")
    let line = margin + start + together + end
    if line.count <= width { return [line] }
    if indent + 4 + together.count <= width {
      return [margin + start, "\(margin)    \(together)", margin + end]
    }
    return [margin + start] + arguments.map { "\(margin)    \($0)," } + [margin + end]
  }

  /// The lines of the assignment of a list, as many items to a line as fit.
  static func list(_ name: String, _ items: [String]) -> [String] {
    let line = "\(name) = [\(items.joined(separator: ", "))]"
    if line.count <= width { return [line] }
    var lines = ["\(name) = ["]
    var row = ""
    for item in items {
      if !row.isEmpty, 4 + row.count + 2 + item.count > width {
        lines.append("    \(row)")
        row = ""
      }
      row += row.isEmpty ? "\(item)," : " \(item),"
    }
    return lines + ["    \(row)", "]"]
  }
}
