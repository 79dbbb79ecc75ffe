/// A value of a document: what JSON and YAML can say, with the entries of maps in their order.
package indirect enum PlainValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([PlainValue])
  case map([Entry])

  /// A key of a map, unique in it, with its value.
  package typealias Entry = (key: String, value: PlainValue)

  /// Maps are equal only with their keys in the same order.
  package static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.list(let a), .list(let b)): a == b
    case (.map(let a), .map(let b)): a.elementsEqual(b, by: ==)
    default: false
    }
  }

  /// The value at `address`, such as `test.f1_macro`; an item of a list is told by its name, or its number, from 0.
  package subscript(path address: String) -> PlainValue? {
    address.split(separator: ".", omittingEmptySubsequences: false).reduce(self) { $0?[step: $1] }
  }

  /// The value of a key, or an item of a list, as a step of an address names it.
  package subscript(step step: Substring) -> PlainValue? {
    switch self {
    case .map(let entries): entries.first { $0.key == step }?.value
    case .list(let items):
      items.first { $0.itemName == String(step) }
        ?? Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
    default: nil
    }
  }

  /// The value of `key` in a map.
  package subscript(key: String) -> PlainValue? { entries.first { $0.key == key }?.value }

  /// The entries of a map; empty for everything else.
  package var entries: [Entry] { if case .map(let entries) = self { entries } else { [] } }

  /// A number, whole or not, that is finite.
  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value.isFinite ? value : nil
    default: nil
    }
  }

  /// The text of a string.
  package var text: String? { if case .string(let text) = self { text } else { nil } }
}
