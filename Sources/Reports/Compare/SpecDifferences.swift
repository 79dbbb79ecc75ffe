import Runs
import Specs
import TextLayout

/// What tells resolved specs apart.
struct SpecDifferences {
  /// Of each spec, the values by their dotted keys: `model.layers.0.filters`.
  private let values: [[String: String]]
  /// All keys, as they follow each other in the files.
  private let keys: [String]

  /// A label names so many values at most.
  private static let mostShown = 2

  /// Reads the specs at `paths`; nil if one of them cannot be read.
  init?(_ paths: [String]) {
    var (values, keys): ([[String: String]], [String]) = ([], [])
    for path in paths {
      // What cannot be read has no values to show: the specs are then told apart otherwise.
      guard let tree = try? YAML.load(path) else { return nil }
      let entries = tree.entries.filter {
        !Manifest.unhashedSections.contains($0.key.text ?? "")
      }
      let leaves = entries.flatMap { $0.value.leaves(at: $0.key.text ?? "") }
      values.append(Dictionary(leaves) { first, _ in first })
      let known = Set(keys)
      keys += leaves.map(\.key).filter { !known.contains($0) }
    }
    (self.values, self.keys) = (values, keys)
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

extension Node {
  /// The values at and below this node, which stands at `key`. Lists of plain values are one value.
  fileprivate func leaves(at key: String) -> [(key: String, value: String)] {
    switch kind {
    case .scalar(let text, _): return [(key, text.singleLine)]
    case .map(let entries):
      return entries.flatMap { entry in
        // `optimizer: sgd` and `optimizer: {type: sgd}` are the same.
        let name = entry.key.text ?? ""
        return entry.value.leaves(at: name == "type" ? key : "\(key).\(name)")
      }
    case .list(let items):
      let texts = items.compactMap(\.text?.singleLine)
      if texts.count == items.count { return [(key, "[\(texts.joined(separator: ", "))]")] }
      return items.enumerated().flatMap { $1.leaves(at: "\(key).\($0)") }
    }
  }
}
