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

  /// The value at a key such as `test.f1_macro`; items of a list are numbered from 0.
  package subscript(path path: String) -> PlainValue? {
    path.split(separator: ".", omittingEmptySubsequences: false).reduce(self) { value, key in
      switch value {
      case .map(let entries): entries.first { $0.key == key }?.value
      case .list(let items): Int(key).flatMap { items.indices.contains($0) ? items[$0] : nil }
      default: nil
      }
    }
  }
}
