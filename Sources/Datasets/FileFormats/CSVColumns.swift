/// The purposes of the columns of a table of images.
struct CSVColumns {
  /// The columns' names; nil if the table has no header.
  let names: [String]?
  let count: Int
  let label: Int
  let group: Int?
  /// The column of the pictures' file names; nil if there are columns of pixels.
  let image: Int?
  /// The columns of the pixels, in the order of the numbers in their names.
  let pixels: [Int]

  /// The columns that a user names; nil for those that are found by themselves.
  struct Wanted {
    var label: String?
    var group: String?
    var image: String?
  }

  /// True if the first record of a table, with these `fields`, is a header, as far as nobody says: one that is no number
  /// is a name.
  static func isHeader(_ fields: [String]) -> Bool { fields.contains { Double($0) == nil } }

  /// The columns of the table that `reader` is at the first record of.
  ///
  /// The pixels of a table with a header are the columns whose names differ only in their numbers: `pixel0`, `pixel1` …
  /// or `1x1`, `1x2` …; if there are several such families, the largest. Without a header they are all but the label and
  /// the group. A table of file names has no pixels. Throws a `DatasetError` if there is not one column for each purpose.
  init(_ names: [String]?, _ wanted: Wanted, in reader: CSVReader) throws {
    self.names = names
    count = reader.count
    var known: Set<String> = []
    if let names, let twice = names.indices.first(where: { !known.insert(names[$0]).inserted }) {
      throw reader.error(twice, .doubledColumn(names[twice]))
    }
    let everything = 0..<count
    func column(_ name: String, _ key: String) throws -> Int {
      let index = names.map { $0.firstIndex(of: name) } ?? Int(name)
      guard let index, everything.contains(index) else {
        throw DatasetError(
          reader.path, .noColumn(name, key: key, names: names, count: everything.count))
      }
      return index
    }
    let label = try column(wanted.label ?? (names == nil ? "0" : "label"), "label")
    let group = try wanted.group.map { try column($0, "group") }
    self.label = label
    self.group = group
    image = try wanted.image.map { try column($0, "image") }
    let purposes = [("label", label), ("group", group), ("image", image)]
    for (place, (key, column)) in purposes.enumerated() {
      if let column, let other = purposes[..<place].first(where: { $0.1 == column }) {
        throw DatasetError(
          reader.path, .sharedColumn(names?[column] ?? "\(column)", other.0, key))
      }
    }
    let others = everything.filter { $0 != label && $0 != group }
    guard image == nil else {
      pixels = []
      return
    }
    pixels = try names.map { try Self.pixels(in: $0, among: others, of: reader) } ?? others
  }

  /// The columns of the pixels among those of a table with a header.
  static func pixels(
    in names: [String], among columns: [Int], of reader: CSVReader
  ) throws -> [Int] {
    let families = Dictionary(
      grouping: columns.map { NumberedName(names[$0], column: $0) }, by: \.stem
    )
    .filter { !$0.value[0].numbers.isEmpty }
    let largest = families.values.map(\.count).max() ?? 0
    let candidates = families.values.filter { $0.count == largest }
    guard let family = candidates.first else {
      throw DatasetError(reader.path, .noPixelColumns(names: names))
    }
    guard candidates.count == 1 else {
      throw DatasetError(
        reader.path, .severalPixelFamilies(candidates.map { names[$0[0].column] }.sorted()))
    }
    return family.sorted { $0.numbers.lexicographicallyPrecedes($1.numbers) }.map(\.column)
  }

  /// The names of columns without a purpose.
  var unusedNames: [String] {
    let used = Set(pixels + [label, group, image].compactMap(\.self))
    return (names ?? []).enumerated().filter { !used.contains($0.offset) }.map(\.element)
  }

  /// `784 pixel columns, 'pixel0' to 'pixel783'`
  var pixelSummary: String {
    let columns = "\(pixels.count) pixel \(pixels.count == 1 ? "column" : "columns")"
    guard let names, let first = pixels.first, let last = pixels.last else { return columns }
    return columns + ", '\(names[first])'" + (first == last ? "" : " to '\(names[last])'")
  }
}

/// A column's name taken apart.
private struct NumberedName {
  /// The name with `#` in place of each number.
  let stem: String
  let numbers: [Int]
  let column: Int

  // Regular expressions would take seconds where there is a column for each pixel of a large picture.
  init(_ name: String, column: Int) {
    var (stem, numbers): ([UInt8], [Int]) = ([], [])
    var isInNumber = false
    for byte in name.utf8 {
      let digit = Int(byte) - 48
      guard 0...9 ~= digit else {
        stem.append(byte)
        isInNumber = false
        continue
      }
      if !isInNumber {
        stem.append(UInt8(ascii: "#"))
        numbers.append(0)
      }
      // Numbers beyond all bounds are of no position, so that any order will do.
      numbers[numbers.count - 1] = numbers[numbers.count - 1] &* 10 &+ digit
      isInNumber = true
    }
    self.stem = String(decoding: stem, as: UTF8.self)
    self.numbers = numbers
    self.column = column
  }
}

extension DatasetError.Problem {
  static func doubledColumn(_ name: String) -> Self {
    Self(
      "the header has two columns '\(name.shortened)'",
      hint: "if the first line is an image, write 'header: false'")
  }

  static func noColumn(_ name: String, key: String, names: [String]?, count: Int) -> Self {
    guard let names else {
      return Self(
        "has no column '\(name.shortened)'; it has \(count) columns and no header",
        hint: "give the number of the column, counted from 0: '\(key): 0'")
    }
    let separator = names.count == 1 ? names[0].first { ";\t|".contains($0) } : nil
    return Self(
      "has no column '\(name.shortened)'; it has \(listed(names, most: 10))",
      hint: separator.map {
        "separate the fields by commas, not by '\($0 == "\t" ? "tab" : String($0))'"
      }
        ?? "name the column that it is with '\(key)'; images without labels cannot be learned from or scored"
    )
  }

  static func sharedColumn(_ name: String, _ one: String, _ other: String) -> Self {
    Self(
      "column '\(name.shortened)' serves as \(one) and as \(other)",
      hint: "give '\(one)' and '\(other)' a column each")
  }

  static func noPixelColumns(names: [String]) -> Self {
    Self(
      "has no columns of pixels, whose names differ only in their numbers (pixel0, pixel1, …); it has "
        + listed(names, most: 10),
      hint:
        "if there is a column of file names, name it with 'image'; if the first line is an image, write 'header: false'"
    )
  }

  static func severalPixelFamilies(_ names: [String]) -> Self {
    Self(
      "has \(names.count) families of columns that could be the pixels, as many columns each: those of "
        + listed(names, most: 10),
      hint: "give all pixels one stem, and numbers in the order height, width, channels")
  }
}
