import Documents
import Records

/// The values of many experiments under their addresses. Items of lists that correspond have one address in all of them.
///
/// A thing with a type, such as `optimizer`, has its type under its own address. A list of such things, such as
/// `augmentation`, has the value `[random_rotation, random_zoom]`; only layers are told apart one by one.
struct ValueTable: Sendable {
  /// All addresses, as they follow each other in the files.
  let addresses: [String]
  /// The values of each experiment as a tree, under its own addresses.
  let trees: [(name: String, tree: PlainValue)]
  private let columns: [ValueColumns.Column]
  private let places: [String: Int]
  private let experiments: [String: [ValueColumns.Row]]

  /// The values of the experiments of `runs`, by the hashes of these; what cannot be read has none.
  init(_ runs: [RunRecord], _ values: (RunRecord) -> RunValues?) {
    var (known, experiments) = (Set<String>(), [(String, RunValues)]())
    for run in runs where known.insert(run.content.specHash).inserted {
      if let values = values(run) { experiments.append((run.specHash, values)) }
    }
    self.init(experiments)
  }

  /// The values of `experiments`, each under its name.
  init(_ experiments: [(name: String, values: RunValues)]) {
    var columns = ValueColumns()
    self.experiments = Dictionary(
      experiments.map { ($0.name, $0.values.experiment.map { columns.row(of: $0) }) }
    ) { first, _ in first }
    trees = experiments.map { ($0.name, $0.values.experimentTree) }
    self.columns = columns.ordered
    addresses = self.columns.filter { $0.kind != .echo }.map(\.address)
    places = Dictionary(uniqueKeysWithValues: self.columns.map { ($0.address, $0.number) })
  }

  /// True if the values of the experiment with this name could be read.
  func contains(_ name: String) -> Bool { experiments[name] != nil }

  /// The value at `address` in the experiment with this name; nil if it has none there, or cannot be read.
  func value(at address: String, in name: String) -> PlainValue? {
    guard let number = places[address], let rows = experiments[name] else { return nil }
    return rows.lazy.compactMap { $0.values[number] }.first
  }

  /// Likewise, as text.
  func text(at address: String, in name: String) -> String? {
    value(at: address, in: name)?.inTable
  }

  /// The addresses whose values differ between the experiments with these names, in order.
  func differences(between names: some Sequence<String>) -> [Difference] {
    let all = names.compactMap { experiments[$0] }
    // Most experiments share most sections, which then are one object.
    var rows: [String: [ObjectIdentifier: (row: ValueColumns.Row, count: Int)]] = [:]
    for row in all.joined() {
      rows[row.section, default: [:]][ObjectIdentifier(row), default: (row, 0)].count += 1
    }
    return columns.compactMap { column in
      guard let found = rows[column.section]?.values else { return nil }
      var (count, first, varies) = (0, PlainValue?.none, false)
      for (row, times) in found {
        guard let value = row.values[column.number] else { continue }
        count += times
        varies = varies || first.map { $0 != value } ?? false
        first = first ?? value
      }
      let isShared = count == all.count
      if column.kind == .order {
        varies = !Self.areInOrder(found.compactMap { $0.row.values[column.number] })
        guard varies else { return nil }
      }
      guard count > 0, varies || !isShared, column.kind != .echo else { return nil }
      // Every value of an item that some lack is a detail of that.
      let isDetail = column.items.contains { item in
        item != column.number && found.contains { $0.row.values[item] == nil }
      }
      return Difference(
        address: column.address, isShared: isShared, varies: varies, isDetail: isDetail,
        isOrder: column.kind == .order)
    }
  }

  /// True if the names that these lists have in common stand in one order in all of them.
  private static func areInOrder(_ lists: [PlainValue]) -> Bool {
    let lists = lists.map { list -> [String] in
      if case .list(let items) = list { items.compactMap(\.text) } else { [] }
    }
    guard let first = lists.first else { return true }
    return lists.dropFirst().allSatisfy { list in
      let common = Set(first).intersection(list)
      return first.filter(common.contains) == list.filter(common.contains)
    }
  }

  /// An address whose values differ.
  struct Difference {
    let address: String
    /// True if all experiments have a value there.
    let isShared: Bool
    /// True if those that have one have different ones.
    let varies: Bool
    /// True if it belongs to an item of a list that some experiments lack.
    let isDetail: Bool
    /// True if it is the order of items that have one each.
    let isOrder: Bool
  }
}

extension PlainValue {
  /// The value as it stands in a table, without line breaks: texts bare, whole numbers without a fraction.
  var inTable: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): Int(exactly: value).map { "\($0)" } ?? "\(value)"
    case .string(let text): text.singleLine
    case .list(let items): "[" + items.map(\.inTable).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\($0.key.singleLine): \($0.value.inTable)" }.joined(separator: ", ")
        + "}"
    }
  }
}

extension String {
  /// True if this is the address of a list of layers, or of something in one.
  var isOfLayers: Bool {
    utf8.split(separator: UInt8(ascii: ".")).contains { $0.elementsEqual("layers".utf8) }
  }
}
