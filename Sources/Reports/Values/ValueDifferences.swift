import Documents

/// The values that distinguish experiments.
struct ValueDifferences: Sendable {
  /// The addresses whose values differ, the most important first: values outside of layers, and among them those that
  /// all experiments have.
  let addresses: [String]
  /// The addresses to show. Values that are the same in all experiments that have them follow from some other
  /// difference, such as a step that only some of them have, and are not shown beside it.
  let telling: [String]
  private let table: ValueTable
  /// The addresses in labels, with short names: the first of those to show.
  private let inLabel: [(address: String, name: String)]

  /// The largest number of values in a label.
  private static let mostInLabel = 2

  /// The differences between the experiments with these hashes.
  init(_ specHashes: some Sequence<String>, in table: ValueTable, names: Addresses) {
    self.table = table
    let differences = table.differences(between: specHashes)
    let found = Dictionary(grouping: differences, by: \.importance).sorted { $0.key < $1.key }
      .flatMap(\.value)
    addresses = found.map(\.address)
    let things = Set(found.filter { !$0.isOrder }.map(\.address))
    telling = found.filter { $0.varies || !$0.isBelow(things) }.map(\.address)
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
  /// True if it belongs to one of `things`, each of which differs itself: the `momentum` of another optimizer.
  fileprivate func isBelow(_ things: Set<String>) -> Bool {
    var start = address[...]
    while let point = start.lastIndex(of: ".") {
      start = start[..<point]
      if things.contains(String(start)) { return true }
    }
    return false
  }

  /// The order of importance; smaller is more important.
  fileprivate var importance: Int {
    (varies ? 0 : 4) + (address.isOfLayers ? 2 : 0) + (isShared ? 0 : 1)
  }
}
