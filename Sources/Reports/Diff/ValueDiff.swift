import Documents

/// A value that differs between two runs.
struct ValueDiff: Sendable {
  /// The name of the value: `optimizer.learning_rate`.
  let key: String
  /// The value in the first run; nil if it has none.
  let first: PlainValue?
  /// The value in the second run; nil if it has none.
  let second: PlainValue?
  /// True if it belongs to an item of a list that only one of the runs has, and that has its own `ValueDiff`.
  var isDetail = false

  /// The differences between `first` and `second`, in their common order.
  static func list(
    _ first: [(key: String, value: String)], _ second: [(key: String, value: String)]
  ) -> [ValueDiff] {
    let (mine, theirs) = (values(first), values(second))
    return merged(first.map(\.key), second.map(\.key)).compactMap { key in
      mine[key] == theirs[key]
        ? nil
        : ValueDiff(
          key: key, first: mine[key].map { .string($0) }, second: theirs[key].map { .string($0) })
    }
  }

  private static func values(_ entries: [(key: String, value: String)]) -> [String: String] {
    Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// All keys: those of `second` that `first` lacks stand behind the ones they follow there.
  private static func merged(_ first: [String], _ second: [String]) -> [String] {
    let known = Set(first)
    var following: [String?: [String]] = [:]
    var previous: String?
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
