import Runs

/// What tells resolved specs apart.
struct SpecDifferences {
  /// Of each spec, the values by their keys.
  private let values: [[String: String]]
  /// All keys, as they follow each other in the files.
  private let keys: [String]

  /// A label names so many values at most.
  private static let mostShown = 2

  /// What tells `specs` apart.
  init(_ specs: [SpecValues]) {
    values = specs.map { spec in
      Dictionary(spec.entries.map { ($0.key, $0.value) }) { first, _ in first }
    }
    var (keys, known): ([String], Set<String>) = ([], [])
    for key in specs.flatMap({ $0.entries.map(\.key) }) where known.insert(key).inserted {
      keys.append(key)
    }
    self.keys = keys
  }

  /// For each spec the first values that differ between them, with those first that all have:
  /// `learning_rate: 0.01, batch_size: 64, …`. Empty texts if nothing differs.
  var texts: [String] {
    let differing = keys.filter { key in Set(values.map { $0[key] }).count > 1 }
    let shared = differing.filter { key in values.allSatisfy { $0[key] != nil } }
    let others = differing.filter { !shared.contains($0) }
    let shown = (shared + others).prefix(Self.mostShown).map { (key: $0, name: shortName(of: $0)) }
    let rest = differing.count > shown.count ? ["…"] : []
    return values.map { values in
      (shown.map { "\($0.name): \(values[$0.key] ?? "–")" } + rest).joined(separator: ", ")
    }
  }

  /// The shortest end of `key` that no other key has: `learning_rate`, `layers.0.filters`. It never begins
  /// with the number of an item, which would say nothing.
  private func shortName(of key: String) -> String {
    let parts = key.split(separator: ".")
    for count in 1..<max(parts.count, 1) where Int(parts[parts.count - count]) == nil {
      let end = parts.suffix(count).joined(separator: ".")
      if keys.count(where: { $0 == end || $0.hasSuffix("." + end) }) == 1 { return end }
    }
    return key
  }
}
