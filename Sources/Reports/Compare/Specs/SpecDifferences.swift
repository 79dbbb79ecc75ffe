/// What tells the specs of some rows apart.
struct SpecDifferences {
  /// The keys whose values differ, those that say most to a reader first: values outside of layers, and
  /// among them those that all specs have.
  let keys: [String]
  /// Of those, the ones to show. What has the same value wherever it is at all follows from something else that
  /// differs, such as a step that only some specs have, and is not shown beside that.
  let telling: [String]
  private let table: SpecTable
  /// The first of those to show, with short names: what a label says.
  private let inLabel: [(key: String, name: String)]

  /// A label names so many values at most.
  private static let mostInLabel = 2

  /// What tells apart the specs with these hashes.
  init(_ specHashes: some Sequence<String>, in table: SpecTable, names: SpecKeys) {
    self.table = table
    let differences = table.differences(between: specHashes)
    let found = Dictionary(grouping: differences, by: \.importance).sorted { $0.key < $1.key }
      .flatMap(\.value)
    keys = found.map(\.key)
    let varying = found.filter(\.varies).map(\.key)
    telling = varying.isEmpty ? keys : varying
    inLabel = telling.prefix(Self.mostInLabel).map { ($0, names.shortName(of: $0)) }
  }

  /// The first values of the spec with this hash that differ: `learning_rate: 0.01, batch_size: 64, …`. Empty
  /// if nothing differs.
  func label(of specHash: String) -> String {
    let shown = inLabel.map { key, name in
      "\(name): \(table.value(of: key, in: specHash) ?? "–")"
    }
    return (shown + (telling.count > shown.count ? ["…"] : [])).joined(separator: ", ")
  }
}

extension SpecTable.Difference {
  /// Less is more important.
  fileprivate var importance: Int { (varies ? 0 : 4) + (key.isLayers ? 2 : 0) + (isShared ? 0 : 1) }
}
