import Diagnostics

/// A word, sign or bracket of a filter expression.
struct FilterToken {
  enum Kind: Equatable {
    /// A name or value without quotes.
    case word(String)
    /// A value that stood in quotes.
    case quoted(String)
    /// One of `== != < <= > >= ( ) [ ] ,`.
    case sign(String)
    case end
  }

  let kind: Kind
  let location: Location

  /// The token as messages name it.
  var name: String {
    switch kind {
    case .word(let text), .sign(let text): "'\(text)'"
    case .quoted(let text): "the text '\(text)'"
    case .end: "the end"
    }
  }

  /// The tokens of `file`, the end being the last.
  static func all(in file: SourceFile) throws(Diagnostics) -> [FilterToken] {
    var reader = Reader(file)
    var tokens: [FilterToken] = []
    repeat { tokens.append(try reader.next()) } while tokens.last?.kind != .end
    return tokens
  }

  /// Operators of other languages, with their equivalents here.
  private static let foreign = [
    "=": "==", "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not",
  ]
  private static let signs = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ","]

  private struct Reader {
    private let file: SourceFile
    private var rest: Substring.UnicodeScalarView
    private var (line, column) = (1, 1)

    init(_ file: SourceFile) {
      self.file = file
      rest = Substring(file.text).unicodeScalars
    }

    private var location: Location { Location(file: file, line: line, column: column) }

    mutating func next() throws(Diagnostics) -> FilterToken {
      while rest.first?.properties.isWhitespace == true { take(1) }
      let start = location
      guard let first = rest.first else { return FilterToken(kind: .end, location: start) }
      if first == "'" || first == "\"" { return try quoted(first) }
      if let sign = signs.first(where: { String(rest.prefix($0.count)) == $0 }) {
        take(sign.count)
        return FilterToken(kind: .sign(sign), location: start)
      }
      if let sign = foreign.keys.filter({ String(rest.prefix($0.count)) == $0 }).max(by: {
        $0.count < $1.count
      }), let own = foreign[sign] {
        throw .filter("there is no '\(sign)'", at: start, hint: "write '\(own)'")
      }
      let word = String(rest.prefix { !Self.ends($0) })
      take(word.unicodeScalars.count)
      return FilterToken(kind: .word(word), location: start)
    }

    private mutating func quoted(_ quote: Unicode.Scalar) throws(Diagnostics) -> FilterToken {
      let start = location
      take(1)
      let text = String(rest.prefix { $0 != quote })
      take(text.unicodeScalars.count)
      guard rest.first == quote else { throw .filter("this quote is never closed", at: start) }
      take(1)
      return FilterToken(kind: .quoted(text), location: start)
    }

    private static func ends(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || "'\"()[],=!<>&|".unicodeScalars.contains(scalar)
    }

    private mutating func take(_ count: Int) {
      for scalar in rest.prefix(count) {
        (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
      }
      rest = rest.dropFirst(count)
    }
  }
}

extension Diagnostics {
  /// One mistake in a filter expression.
  static func filter(
    _ message: String, at location: Location, notes: [Diagnostic.Note] = [], hint: String? = nil
  ) -> Diagnostics {
    Diagnostics([
      Diagnostic(
        identifier: .filterSyntax, message: message, location: location, notes: notes, hint: hint)
    ])
  }
}
