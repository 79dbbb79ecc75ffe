import Records

/// Where two specs part.
///
/// Items of lists (layers, augmentation, callbacks) are matched by their types, in order: a layer more
/// does not make all that follow it differ.
struct SpecDiff: Hashable, Sendable {
  /// The values that are not the same. Items are numbered as in the first spec, those that only the second has
  /// as there.
  let values: [ValueDiff]

  /// What `first` and `second` do not share.
  init(_ first: SpecValues, _ second: SpecValues) {
    let (mine, theirs) = (Self.places(first), Self.places(second))
    let (myItems, theirItems) = (Self.items(of: mine), Self.items(of: theirs))
    var matches: [Item: Item] = [:]
    for (list, items) in theirItems {
      matches.merge(Self.matches(myItems[list] ?? [], items)) { first, _ in first }
    }
    let kept = Set(matches.values)
    values = ValueDiff.list(
      mine.map { ($0.key, $0.value) },
      theirs.map { ($0.key.renumbered(by: matches), $0.value) }
    ) { key, first, second in
      let isSingle = key.isNew || key.item.map { !kept.contains($0) } ?? false
      return ValueDiff(
        key: key.text, first: first, second: second, isDetail: isSingle && !key.rest.isEmpty)
    }
  }

  /// An item of a list.
  private struct Item: Hashable {
    let list: String
    let number: Int
  }

  /// A value's key, taken apart at the item of a list that it belongs to.
  private struct Key: Hashable {
    var item: Item?
    /// Whether only the second spec has the item.
    var isNew = false
    /// What follows the item; the whole key, if the value belongs to none.
    let rest: String

    var text: String {
      guard let item else { return rest }
      return "\(item.list).\(item.number)" + (rest.isEmpty ? "" : "." + rest)
    }

    /// The key by which the first spec knows the item, if it has it.
    func renumbered(by matches: [Item: Item]) -> Key {
      guard let item else { return self }
      return Key(item: matches[item] ?? item, isNew: matches[item] == nil, rest: rest)
    }
  }

  /// A value and where it stands.
  private struct Place {
    let key: Key
    let value: String

    init(_ entry: SpecValues.Entry) {
      value = entry.value
      let parts = entry.key.split(separator: ".")
      let place = parts.firstIndex { Int($0) != nil }
      let item = place.flatMap { place in
        Int(parts[place]).map {
          Item(list: parts[..<place].joined(separator: "."), number: $0)
        }
      }
      key = Key(item: item, rest: parts[(place.map { $0 + 1 } ?? 0)...].joined(separator: "."))
    }
  }

  /// All values; an empty list is one that has nothing.
  private static func places(_ spec: SpecValues) -> [Place] {
    spec.entries.filter { $0.value != "[]" }.map(Place.init)
  }

  /// For each list its items, with their types.
  private static func items(of places: [Place]) -> [String: [(item: Item, type: String)]] {
    var items: [String: [(item: Item, type: String)]] = [:]
    for place in places {
      guard let item = place.key.item else { continue }
      // The type is the first of an item's values.
      if items[item.list]?.last?.item != item {
        items[item.list, default: []].append((item, place.key.rest.isEmpty ? place.value : ""))
      }
    }
    return items
  }

  /// For the items of `second` those of `first` that they come from.
  private static func matches(
    _ first: [(item: Item, type: String)], _ second: [(item: Item, type: String)]
  ) -> [Item: Item] {
    let changes = second.map(\.type).difference(from: first.map(\.type))
    let (removed, inserted) = (
      Set(changes.removals.map(\.offset)), Set(changes.insertions.map(\.offset))
    )
    let pairs = zip(
      second.indices.filter { !inserted.contains($0) },
      first.indices.filter { !removed.contains($0) })
    return Dictionary(pairs.map { (second[$0].item, first[$1].item) }) { first, _ in first }
  }
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
