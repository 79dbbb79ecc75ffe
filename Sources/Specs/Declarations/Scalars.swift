import Diagnostics
import Documents

extension Int: SpecValue {
  package static var schema: Schema { .wholeNumber() }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Int? {
    if let value = node.plainText.flatMap({ Int($0) }) { return value }
    // A number that is whole, but not written so: 1e3, 2.0.
    let whole = node.plainText.flatMap(Double.init(yaml:)).flatMap(Int.init(exactly:))
    reportWrongType(
      node, &diagnostics,
      hint: whole.map { "write \($0)" } ?? node.quotesHint { Int($0) != nil })
    return nil
  }

  package var tree: PlainValue { .integer(self) }
}

extension Double: SpecValue {
  package static var schema: Schema { .number() }

  /// Only finite numbers are values.
  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Double? {
    if let value = node.plainText.flatMap(Double.init(yaml:)) { return value }
    reportWrongType(
      node, &diagnostics, hint: node.quotesHint { Double(yaml: $0) != nil } ?? node.percentHint)
    return nil
  }

  package var tree: PlainValue { .number(self) }

  /// Decimal notation only: neither hexadecimal, nor `nan`, nor `inf`, nor too large.
  init?(yaml text: String) {
    guard text.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }),
      let value = Double(text), value.isFinite
    else { return nil }
    self = value
  }
}

extension Bool: SpecValue {
  package static var schema: Schema { .truth }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Bool? {
    switch node.plainText {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: break
    }
    let meant: String? =
      switch node.plainText?.lowercased() {
      case "yes", "on", "y", "1": "write true"
      case "no", "off", "n", "0": "write false"
      default: node.quotesHint { ["true", "false"].contains($0.lowercased()) }
      }
    reportWrongType(node, &diagnostics, hint: meant)
    return nil
  }

  package var tree: PlainValue { .bool(self) }
}

extension String: SpecValue {
  package static var schema: Schema { .text() }

  /// Whatever it looks like: `on`, `1e-3` and `2026-11-22` are text where text is wanted.
  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> String? {
    if let text = node.text, !node.isNull { return text }
    reportWrongType(node, &diagnostics)
    return nil
  }

  package var tree: PlainValue { .string(self) }
}

extension Node {
  /// For a percentage where a number is wanted: `10%` should be 0.1.
  package var percentHint: String? {
    guard let text = plainText, text.hasSuffix("%"),
      let percent = Double(yaml: String(text.dropLast()))
    else { return nil }
    return "write \(percent / 100)"
  }
}

extension Node {
  /// The text of a scalar without quotes.
  fileprivate var plainText: String? {
    if case .scalar(let text, isPlain: true) = kind { text } else { nil }
  }

  /// The hint to remove quotes, where the text in them would do.
  package func quotesHint(_ wouldDo: (String) -> Bool) -> String? {
    guard case .scalar(let text, isPlain: false) = kind, wouldDo(text) else { return nil }
    return "remove the quotes"
  }
}
