/// A value that two runs do not share.
struct ValueDiff: Hashable, Sendable {
  /// What it is: `optimizer.learning_rate`.
  let key: String
  /// That of the first run; nil if it has none.
  let first: String?
  /// That of the second run; nil if it has none.
  let second: String?
  /// Whether it belongs to a list's item that only one of the runs has, and that has a `ValueDiff` itself.
  var isDetail = false

  /// What `first` and `second` do not share, in their common order.
  static func list(
    _ first: [(key: String, value: String)], _ second: [(key: String, value: String)]
  ) -> [ValueDiff] {
    list(first, second) { ValueDiff(key: $0, first: $1, second: $2) }
  }

  /// Likewise, for values under keys of any kind: `make` gets a key and its two values.
  static func list<Key: Hashable>(
    _ first: [(key: Key, value: String)], _ second: [(key: Key, value: String)],
    _ make: (Key, String?, String?) -> ValueDiff
  ) -> [ValueDiff] {
    let (mine, theirs) = (values(first), values(second))
    return merged(first.map(\.key), second.map(\.key)).compactMap { key in
      mine[key] == theirs[key] ? nil : make(key, mine[key], theirs[key])
    }
  }

  private static func values<Key>(_ entries: [(key: Key, value: String)]) -> [Key: String] {
    Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// All keys: those of `second` that `first` lacks stand behind the ones they follow there.
  private static func merged<Key: Hashable>(_ first: [Key], _ second: [Key]) -> [Key] {
    let known = Set(first)
    var following: [Key?: [Key]] = [:]
    var previous: Key?
    for key in second {
      if known.contains(key) {
        previous = key
      } else {
        following[previous, default: []].append(key)
      }
    }
    return following[nil, default: []] + first.flatMap { [$0] + following[$0, default: []] }
  }
}
