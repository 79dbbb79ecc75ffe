import TextLayout

/// Markup for HTML and SVG: a template is a literal, and what is interpolated is escaped, unless it is
/// markup itself.
///
///     let cell: HTML = "<td title=\"\(name)\">\(name)</td>"
///
/// Nobody can forget to escape, since only a literal becomes markup, and the compiler checks the names.
/// A template engine was tried instead: swift-mustache 2.1.1 imports all of Foundation, which makes the
/// static program 63 MB instead of 18 MB and every command start 2 ms later.
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  package private(set) var text: String

  package init(stringLiteral text: String) { self.text = text }

  package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// The markup of `parts`, one after the other.
  package init(_ parts: [HTML]) { text = parts.map(\.text).joined() }

  /// `text` as it is. It must be trusted: constants such as a style sheet, or escaped text.
  package init(verbatim text: String) { self.text = text }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }

    /// Text for a reader, or the value of an attribute in quotes.
    package mutating func appendInterpolation(_ text: String) { self.text += text.escapedForMarkup }

    package mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

    package mutating func appendInterpolation(_ markup: HTML) { text += markup.text }

    /// Nothing, if there is none.
    package mutating func appendInterpolation(_ markup: HTML?) { text += markup?.text ?? "" }

    /// One after the other, without those that are none.
    package mutating func appendInterpolation(_ parts: [HTML?]) {
      for part in parts { text += part?.text ?? "" }
    }
  }
}

extension String {
  /// This text with what means something in markup as entities. Control characters, which XML forbids,
  /// become visible; line breaks and tabs stay.
  fileprivate var escapedForMarkup: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t": result.append(scalar)
      case "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
      default: result.append(scalar.steersTerminal ? "\u{FFFD}" : scalar)
      }
    }
    return String(result)
  }
}
