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

  /// The names that somebody chose for `items`: those that would be called otherwise without.
  package static func chosen(of items: [(name: String?, type: String)]) -> [String?] {
    items.enumerated().map { place, item in
      guard let name = item.name, name.hasPrefix(item.type) else { return item.name }
      var others = items
      others[place].name = nil
      return names(of: others)[place] == name ? nil : name
    }
  }

  private static func numbered(_ type: String, _ count: Int) -> String {
    count == 0 ? type : "\(type)_\(count)"
  }
}

extension PlainValue {
  private static let chosenName = "name"
  private static let defaultName = "default_name"

  /// This tree with a name first in each item of a list of things, which are maps with a `type`: `name` where somebody
  /// chose it, else `default_name`.
  package var withItemNames: PlainValue {
    switch self {
    case .map(let entries): return .map(entries.map { ($0.key, $0.value.withItemNames) })
    case .list(let items) where areThings(items):
      let own = items.map { (name: $0[Self.chosenName]?.text, type: $0["type"]?.text ?? "") }
      let named = zip(zip(ItemNames.names(of: own), ItemNames.chosen(of: own)), items)
      return .list(
        named.map { names, item in
          let key = names.1 == nil ? Self.defaultName : Self.chosenName
          return .map([(key, .string(names.0))] + item.withItemNames.entriesOfItem)
        })
    case .list(let items): return .list(items.map(\.withItemNames))
    default: return self
    }
  }

  /// This tree without the names that nobody chose.
  package var withoutDefaultNames: PlainValue {
    switch self {
    case .map(let entries):
      .map(
        entries.filter { $0.key != Self.defaultName }.map { ($0.key, $0.value.withoutDefaultNames) }
      )
    case .list(let items): .list(items.map(\.withoutDefaultNames))
    default: self
    }
  }

  /// The name of an item of a list, as `withItemNames` has it; nil for all else.
  package var itemName: String? { chosenItemName ?? self[Self.defaultName]?.text }

  /// The name that somebody chose for it; nil for all else.
  package var chosenItemName: String? { self[Self.chosenName]?.text }

  /// The entries of an item of a list but for its name.
  package var entriesOfItem: [Entry] {
    entries.filter { $0.key != Self.chosenName && $0.key != Self.defaultName }
  }

  /// The items of a list of things with their names, as `withItemNames` has them; nil for all else.
  package var namedItems: [(name: String, item: PlainValue)]? {
    guard case .list(let items) = self, !items.isEmpty else { return nil }
    let named = items.compactMap { item in item.itemName.map { (name: $0, item: item) } }
    return named.count == items.count ? named : nil
  }

  private func areThings(_ items: [PlainValue]) -> Bool {
    !items.isEmpty && items.allSatisfy { $0["type"]?.text != nil }
  }
}
