import Documents

/// The items of one list in many experiments, put side by side.
///
/// Items whose names somebody chose correspond by these names. All others correspond as sequences do, by their types
/// and, where that leaves a choice, by how many of their values are equal: one layer more, anywhere, changes nothing
/// about the others. Items that correspond have one name: the one in the first experiment that has them, unless
/// another item there was called so.
struct ItemAlignment {
  private struct Slot {
    let name: String
    let key: Key
    /// The item of the first experiment that has it.
    let item: PlainValue
  }

  /// The property of an item by which it corresponds to others.
  private enum Key: Hashable {
    case chosenName(String)
    case type(String)

    var base: String {
      switch self {
      case .chosenName(let text), .type(let text): text
      }
    }

    var isType: Bool { if case .type = self { true } else { false } }
  }

  /// In the order of the lists.
  private var slots: [Slot] = []
  /// The names of items by all keys of their list: most experiments differ in nothing but values.
  private var known: [[Key]: [String]] = [:]

  /// Of longer lists items correspond by their numbers: to try all ways would take too long.
  private static let mostPairs = 1_000_000

  /// The names of the items of one more list, which has its own `names` for them.
  mutating func names(of items: [(name: String, item: PlainValue)]) -> [String] {
    let keys = items.map { _, item in
      item.chosenItemName.map(Key.chosenName) ?? .type(item["type"]?.text ?? "")
    }
    if let names = known[keys] { return names }
    var slotNames = matches(of: items.map(\.item), keys)
    var taken = Set(slots.map(\.name))
    var previous: String?
    for place in items.indices {
      if slotNames[place] == nil {
        let own = items[place].name
        let name =
          taken.contains(own) ? ItemNames.name(for: keys[place].base, besides: taken) : own
        let position = slots.firstIndex { $0.name == previous }.map { $0 + 1 } ?? 0
        slots.insert(Slot(name: name, key: keys[place], item: items[place].item), at: position)
        taken.insert(name)
        slotNames[place] = name
      }
      previous = slotNames[place]
    }
    let names = slotNames.compactMap(\.self)
    known[keys] = names
    return names
  }

  /// The names of the slots that correspond to `items`; nil for those that have none.
  private func matches(of items: [PlainValue], _ keys: [Key]) -> [String?] {
    var names = [String?](repeating: nil, count: items.count)
    for place in items.indices where !keys[place].isType {
      names[place] = slots.first { $0.key == keys[place] }?.name
    }
    let own = items.indices.filter { keys[$0].isType }
    let others = slots.filter(\.key.isType)
    for (place, slot) in Self.pairs(
      count: own.count, otherCount: others.count,
      score: { place, slot in
        guard keys[own[place]] == others[slot].key else { return nil }
        return Self.equalCount(items[own[place]], others[slot].item)
      })
    {
      names[own[place]] = others[slot].name
    }
    return names
  }

  /// Pairs of the places in two sequences, rising in both: as many as there can be, and of these the ones with the
  /// highest scores in all; places without a score are no pair.
  private static func pairs(
    count: Int, otherCount: Int, score: (Int, Int) -> Int?
  ) -> [(Int, Int)] {
    guard count * otherCount <= mostPairs else {
      return (0..<min(count, otherCount)).filter { score($0, $0) != nil }.map { ($0, $0) }
    }
    /// More than all scores of other pairs together.
    let pair = 1 << 32
    let width = otherCount + 1
    var best = [Int](repeating: 0, count: (count + 1) * width)
    func value(_ first: Int, _ second: Int) -> Int? {
      score(first, second).map { pair + $0 + best[(first + 1) * width + second + 1] }
    }
    for first in (0..<count).reversed() {
      for second in (0..<otherCount).reversed() {
        best[first * width + second] = max(
          value(first, second) ?? 0, best[(first + 1) * width + second],
          best[first * width + second + 1])
      }
    }
    var (pairs, first, second) = ([(Int, Int)](), 0, 0)
    while first < count, second < otherCount {
      let all = best[first * width + second]
      if value(first, second) == all {
        pairs.append((first, second))
        first += 1
        second += 1
      } else if best[(first + 1) * width + second] == all {
        first += 1
      } else {
        second += 1
      }
    }
    return pairs
  }

  private static func equalCount(_ first: PlainValue, _ second: PlainValue) -> Int {
    first.entriesOfItem.prefix(100).count { second[$0.key] == $0.value }
  }
}
