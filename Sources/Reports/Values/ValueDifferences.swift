import Documents

/// The values that tell experiments apart.
struct ValueDifferences: Sendable {
  /// The addresses whose values differ, those that say most to a reader first: values outside of layers, and
  /// among them those that all experiments have.
  let addresses: [String]
  /// Of those, the ones to show. What has the same value wherever it is at all follows from something else that
  /// differs, such as a step that only some of them have, and is not shown beside that.
  let telling: [String]
  private let table: ValueTable
  /// The first of those to show, with short names: what a label says.
  private let inLabel: [(address: String, name: String)]

  /// A label names so many values at most.
  private static let mostInLabel = 2

  /// The differences between the experiments with these hashes.
  init(_ specHashes: some Sequence<String>, in table: ValueTable, names: Addresses) {
    self.table = table
    let differences = table.differences(between: specHashes)
    let found = Dictionary(grouping: differences, by: \.importance).sorted { $0.key < $1.key }
      .flatMap(\.value)
    addresses = found.map(\.address)
    let varying = found.filter(\.varies).map(\.address)
    telling = varying.isEmpty ? addresses : varying
    inLabel = telling.prefix(Self.mostInLabel).map { ($0, names.shortest(of: $0)) }
  }

  /// The first values of the experiment with this hash that differ: `learning_rate: 0.01, batch_size: 64, …`. Empty
  /// if nothing differs.
  func label(of specHash: String) -> String {
    let shown = inLabel.map { address, name in
      "\(name): \(table.text(at: address, in: specHash) ?? "–")"
    }
    return (shown + (telling.count > shown.count ? ["…"] : [])).joined(separator: ", ")
  }
}

extension ValueTable.Difference {
  /// Less is more important.
  fileprivate var importance: Int {
    (varies ? 0 : 4) + (address.isOfLayers ? 2 : 0) + (isShared ? 0 : 1)
  }
}
