import Diagnostics
import TextLayout

/// A value of a YAML file and its place: what every later diagnostic points at.
package final class Node: Sendable {
  /// The kind of value.
  package enum Kind: Sendable {
    /// Text; `isPlain` if it stood there without quotes.
    case scalar(String, isPlain: Bool)
    case list([Node])
    case map([Entry])
    /// Nothing that can be read, which is already reported.
    case unusable
  }

  /// One `key: value`; the key is always a scalar, and no key comes twice in a map.
  package struct Entry: Sendable {
    package let key: Node
    package let value: Node

    package init(key: Node, value: Node) {
      self.key = key
      self.value = value
    }
  }

  /// Scalar, list or map, with what is in it.
  package let kind: Kind
  /// The place where it starts; for what an alias repeats, where that was written.
  package let location: Location

  /// A node made by code, such as a part of another one.
  package init(_ kind: Kind, at location: Location) {
    self.kind = kind
    self.location = location
  }

  /// The text of a scalar.
  package var text: String? { if case .scalar(let text, _) = kind { text } else { nil } }

  /// The items of a list; empty for everything else.
  package var items: [Node] { if case .list(let items) = kind { items } else { [] } }

  /// The entries of a map; empty for everything else.
  package var entries: [Entry] { if case .map(let entries) = kind { entries } else { [] } }

  /// The value of a key of a map.
  package subscript(key: String) -> Node? { entries.first { $0.key.text == key }?.value }

  /// True if nothing stands here: no text at all, `null` or `~`.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = kind else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// A short form for messages: `'x'`, `the text 'x'` (in quotes), `a list`, `a map`, `nothing`.
  package var summary: String {
    switch kind {
    case .scalar(let text, isPlain: true): isNull ? "nothing" : text.quoted
    case .scalar(let text, isPlain: false): "the text \(text.quoted)"
    case .list: "a list"
    case .map: "a map"
    case .unusable: "what cannot be read"
    }
  }
}
