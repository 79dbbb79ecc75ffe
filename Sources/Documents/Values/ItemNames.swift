/// The names of the items in a list of layers, callbacks or steps.
package enum ItemNames {
  /// A name for each of `items`: its own, or its type with a number where it is not the first, as Keras numbers layers:
  /// `conv2d`, `conv2d_1`. None of the numbered ones is in `reserved`, or another's own.
  package static func names(
    of items: [(name: String?, type: String)], reserved: Set<String> = []
  ) -> [String] {
    let taken = reserved.union(items.compactMap(\.name))
    var counts: [String: Int] = [:]
    return items.map { name, type in
      if let name { return name }
      while true {
        let count = counts[type, default: 0]
        counts[type] = count + 1
        let name = numbered(type, count)
        if !taken.contains(name) { return name }
      }
    }
  }

  /// The first name of an item of `type` that is not among `taken`.
  package static func name(for type: String, besides taken: Set<String>) -> String {
    var count = 0
    while taken.contains(numbered(type, count)) { count += 1 }
    return numbered(type, count)
  }

  /// True if `name` is no number behind `type`, so that somebody chose it.
  package static func isChosen(_ name: String, for type: String) -> Bool {
    guard name.hasPrefix(type) else { return true }
    let rest = name.dropFirst(type.count)
    return !rest.isEmpty && (rest.first != "_" || Int(rest.dropFirst()) == nil)
  }

  private static func numbered(_ type: String, _ count: Int) -> String {
    count == 0 ? type : "\(type)_\(count)"
  }
}

extension PlainValue {
  /// This tree with a `name` first in each item of a list of things, which are maps with a `type`.
  package var withItemNames: PlainValue {
    switch self {
    case .map(let entries): .map(entries.map { ($0.key, $0.value.withItemNames) })
    case .list(let items) where areThings(items):
      .list(
        zip(ItemNames.names(of: items.map { ($0["name"]?.text, $0["type"]?.text ?? "") }), items)
          .map { name, item in
            let rest = item.withItemNames.entries.filter { $0.key != "name" }
            return .map([("name", .string(name))] + rest)
          })
    case .list(let items): .list(items.map(\.withItemNames))
    default: self
    }
  }

  /// The items of a list of things with their names, as `withItemNames` has them; nil for all else.
  package var namedItems: [(name: String, item: PlainValue)]? {
    guard case .list(let items) = self, !items.isEmpty else { return nil }
    let named = items.compactMap { item in item["name"]?.text.map { (name: $0, item: item) } }
    return named.count == items.count ? named : nil
  }

  private func areThings(_ items: [PlainValue]) -> Bool {
    !items.isEmpty && items.allSatisfy { $0["type"]?.text != nil }
  }
}
