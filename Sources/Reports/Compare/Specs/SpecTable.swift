import Records

/// The values of many specs, found by key.
///
/// A list of things with types, such as `augmentation`, has the value `[random_rotation, random_zoom]`; only
/// layers are told apart one by one. Most specs of a sweep have the same keys, which are looked through once.
struct SpecTable {
  /// All keys, as they follow each other in the files.
  let keys: [String]
  private var layouts: [Layout] = []
  private var specs: [String: Spec] = [:]

  private struct Spec {
    let layout: Int
    let values: [String]
  }

  /// The values of the specs of `runs`; specs that cannot be read have none.
  init(_ runs: [RunRecord], _ specValues: (RunRecord) -> SpecValues?) {
    var layoutOfKeys: [[String]: Int] = [:]
    var (last, layout, known) = ([String](), 0, Set<String>())
    for run in runs where specs[run.specHash] == nil {
      guard let found = specValues(run) else { continue }
      if last != found.keys {
        last = found.keys
        layout = layoutOfKeys[last] ?? layouts.count
      }
      if layout == layouts.count {
        layoutOfKeys[last] = layout
        layouts.append(Layout(last))
      }
      specs[run.specHash] = Spec(layout: layout, values: found.values)
    }
    keys = layouts.flatMap { $0.columns.map(\.key) }.filter { known.insert($0).inserted }
  }

  /// Whether the spec with this hash could be read.
  func contains(_ specHash: String) -> Bool { specs[specHash] != nil }

  /// What the spec with this hash has under `key`; nil if it has nothing there, or cannot be read.
  func value(of key: String, in specHash: String) -> String? {
    guard let spec = specs[specHash], let place = layouts[spec.layout].places[key] else {
      return nil
    }
    return layouts[spec.layout].columns[place].value(in: spec.values)
  }

  /// The keys whose values differ between the specs with these hashes, as they follow each other in the files.
  func differences(between specHashes: some Sequence<String>) -> [Difference] {
    let groups = Dictionary(grouping: specHashes.compactMap { specs[$0] }, by: \.layout)
      .mapValues { specs in (first: specs[0], agreeing: agreeingColumns(of: specs)) }
    return keys.compactMap { key in
      var (values, count, differs) = (Set<String>(), 0, false)
      for (layout, group) in groups {
        guard let place = layouts[layout].places[key] else { continue }
        count += 1
        differs = differs || !group.agreeing.contains(place)
        values.insert(layouts[layout].columns[place].value(in: group.first.values))
      }
      let isShared = count == groups.count
      guard count > 0, differs || values.count > 1 || !isShared else { return nil }
      return Difference(key: key, isShared: isShared, varies: differs || values.count > 1)
    }
  }

  /// The places of the columns in which `specs`, which have the same keys, have the same values.
  private func agreeingColumns(of specs: [Spec]) -> Set<Int> {
    let (columns, first) = (layouts[specs[0].layout].columns, specs[0].values)
    var places = Array(columns.indices)
    for spec in specs { places.removeAll { !columns[$0].agree(first, spec.values) } }
    return Set(places)
  }

  /// A key whose values differ.
  struct Difference {
    let key: String
    /// Whether all specs have a value there.
    let isShared: Bool
    /// Whether those that have one have different ones.
    let varies: Bool
  }

  /// The keys of specs that have the same keys, and where their values are.
  private struct Layout {
    let columns: [Column]
    let places: [String: Int]

    init(_ keys: [String]) {
      var (columns, placeOfList) = ([Column](), [String: Int]())
      for (entry, key) in keys.enumerated() {
        let end = key.lastIndex(of: ".") ?? key.startIndex
        let list = String(key[..<end])
        if key[end...].dropFirst().allSatisfy(\.isNumber), !list.isEmpty, !list.isLayers {
          // The types of a list's items.
          if let place = placeOfList[list] {
            columns[place].entries.append(entry)
          } else {
            placeOfList[list] = columns.count
            columns.append(Column(key: list, entries: [entry], isList: true))
          }
        } else {
          columns.append(Column(key: key, entries: [entry], isList: false))
        }
      }
      self.columns = columns
      places = Dictionary(columns.enumerated().map { ($1.key, $0) }) { first, _ in first }
    }
  }

  private struct Column {
    let key: String
    /// The places of the value, or of a list's items, among the spec's entries.
    var entries: [Int]
    let isList: Bool

    func value(in spec: [String]) -> String {
      let texts = entries.map { spec[$0] }
      return isList ? "[\(texts.joined(separator: ", "))]" : texts[0]
    }

    func agree(_ first: [String], _ second: [String]) -> Bool {
      entries.allSatisfy { first[$0] == second[$0] }
    }
  }
}

extension String {
  /// Whether this is the key of a list of layers, or of something in one.
  var isLayers: Bool {
    utf8.split(separator: UInt8(ascii: ".")).contains { $0.elementsEqual("layers".utf8) }
  }
}
