import Documents
import Records
import TextLayout

/// Makes the columns of a table of values, and the rows of sections in them.
struct ValueColumns {
  /// An address, and all that is known of it.
  struct Column: Sendable {
    let number: Int
    let address: String
    /// The section that it belongs to.
    let section: String
    /// The columns of the types of the list items that it belongs to, the outermost first.
    let items: [Int]
    let kind: Kind

    enum Kind {
      case value
      /// The type of an item, which the value of its list has, too.
      case echo
      /// The order of a list's items.
      case order
    }
  }

  /// A section's values, by the numbers of their columns.
  final class Row: Sendable {
    let section: String
    let values: [Int: PlainValue]

    init(section: String, values: [Int: PlainValue]) {
      self.section = section
      self.values = values
    }
  }

  private var columns: [Column] = []
  private var numbers: [String: Int] = [:]
  /// The numbers of each section's columns, in order.
  private var order: [String: [Int]] = [:]
  /// Sections in the order of the first experiment that has them.
  private var sections: [String] = []
  private var alignments: [String: ItemAlignment] = [:]
  /// Sections are kept, for no others to take their place in memory.
  private var rows: [ObjectIdentifier: (section: RunValues.Section, row: Row)] = [:]

  /// All columns, as their values follow each other in the files.
  var ordered: [Column] {
    sections.flatMap { section in (order[section] ?? []).map { columns[$0] } }
  }

  /// The row of `section`; sections that are one object share it.
  mutating func row(of section: RunValues.Section) -> Row {
    if let known = rows[ObjectIdentifier(section)] { return known.row }
    if order[section.key] == nil {
      order[section.key] = []
      sections.append(section.key)
    }
    var entries = Entries(section: section.key)
    add(section.value, at: section.key.singleLine, to: &entries)
    let row = Row(section: section.key, values: entries.values)
    rows[ObjectIdentifier(section)] = (section, row)
    return row
  }

  /// The values of a section that are taken apart so far.
  private struct Entries {
    let section: String
    var values: [Int: PlainValue] = [:]
    /// The column of the last of them.
    var last: Int?
    /// The list items around the next one.
    var items: [Int] = []
    /// The names that the items of the list around the next value have in the table, by their own.
    var itemNames: [String: String] = [:]

    /// `value`, in which the names of layers are those of the table.
    func translated(_ value: PlainValue, at address: String) -> PlainValue {
      guard address.hasSuffix(".inputs"), case .list(let names) = value else { return value }
      return .list(
        names.map { name in name.text.flatMap { itemNames[$0] }.map { .string($0) } ?? name })
    }
  }

  private mutating func add(_ value: PlainValue, at address: String, to entries: inout Entries) {
    switch value {
    case .map(let members) where !value.isFromNumbers:
      for (key, member) in members {
        // `optimizer: sgd` and `optimizer: {type: sgd}` are the same.
        if key == "type" {
          set(member, at: address, in: &entries)
        } else {
          add(member, at: "\(address).\(key.singleLine)", to: &entries)
        }
      }
    case .list:
      guard let items = value.namedItems else {
        return set(entries.translated(value, at: address), at: address, in: &entries)
      }
      let names = alignments[address, default: ItemAlignment()].names(of: items)
      let isOfLayers = address.isOfLayers
      set(
        .list(isOfLayers ? names.map { .string($0) } : items.compactMap { $0.item["type"] }),
        at: address, isOfLayers ? .order : .value, in: &entries)
      // References to items become the names these items have in the table.
      let outer = entries.itemNames
      entries.itemNames = Dictionary(zip(items.map(\.name), names)) { $1 }
      for (name, (_, item)) in zip(names, items) {
        add(
          item, at: "\(address).\(name.singleLine)", isOfLayers ? .value : .echo, to: &entries)
      }
      entries.itemNames = outer
    default: set(value, at: address, in: &entries)
    }
  }

  /// Adds `item` of a list, whose type is of this `kind`.
  private mutating func add(
    _ item: PlainValue, at address: String, _ kind: Column.Kind, to entries: inout Entries
  ) {
    let number = number(of: address, kind, in: &entries)
    entries.items.append(number)
    add(.map(item.entriesOfItem), at: address, to: &entries)
    entries.items.removeLast()
  }

  private mutating func set(
    _ value: PlainValue, at address: String, _ kind: Column.Kind = .value,
    in entries: inout Entries
  ) {
    entries.values[number(of: address, kind, in: &entries)] = value
  }

  /// The number of the column of `address`. A new one stands behind the one before it in this section.
  private mutating func number(
    of address: String, _ kind: Column.Kind, in entries: inout Entries
  ) -> Int {
    let number = numbers[address] ?? columns.count
    if number == columns.count {
      columns.append(
        Column(
          number: number, address: address, section: entries.section, items: entries.items,
          kind: kind))
      numbers[address] = number
      let others = order[entries.section] ?? []
      let place = entries.last.flatMap(others.firstIndex).map { $0 + 1 } ?? 0
      order[entries.section]?.insert(number, at: place)
    }
    entries.last = number
    return number
  }
}

extension PlainValue {
  /// True for a map from classes, such as `class_weight: {3: 2.0}`: its keys are no names of values.
  fileprivate var isFromNumbers: Bool {
    !entries.isEmpty && entries.allSatisfy { Int($0.key) != nil }
  }
}
