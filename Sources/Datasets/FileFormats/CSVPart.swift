import Tensors

/// The rows of a table, which are the images of a part of a dataset, or name their files.
struct CSVPart {
  let path: String
  let columns: CSVColumns
  /// The label of each image, an index in `labelNames`.
  private(set) var labels: [UInt8] = []
  /// The labels in the order of their first images.
  private(set) var labelNames: [String] = []
  /// The file, line and column of each label's first image.
  private var firstPlaces: [String] = []
  /// The name of each image's group; nil if nothing groups them.
  private(set) var groups: [String]?
  private(set) var groupNames: [String] = []
  /// The file of each picture, below the table's folder; empty if there are columns of pixels.
  private var fileNames: [String] = []
  /// The pixels of all images, in pieces of some MiB.
  private var pieces: [[UInt8]] = []

  /// Bytes after which a piece ends, and after which memory is asked for.
  private static let pieceSize = 1 << 24
  /// Bytes that an image takes besides the characters of its texts: their heads, here and in lists and dictionaries.
  private static let recordSize = 128

  /// Reads the table in the file `path`. It has a header if its first line has any field that is no number, unless
  /// `hasHeader` says.
  ///
  /// - Parameter checkColumns: called before the first image is read.
  init(
    path: String, _ wanted: CSVColumns.Wanted, hasHeader: Bool?,
    checkColumns: (CSVColumns) throws -> Void
  ) throws {
    self.path = path
    let reader = try CSVReader(path: path)
    guard try reader.next() else { throw DatasetError(path, .empty) }
    let names = try (0..<reader.count).map(reader.text)
    let isHeader = hasHeader ?? CSVColumns.isHeader(names)
    columns = try CSVColumns(isHeader ? names : nil, wanted, in: reader)
    try checkColumns(columns)
    groups = columns.group == nil ? nil : []
    var (labelNumbers, groupNumbers): ([String: Int], [String: Int]) = ([:], [:])
    var row = [UInt8](repeating: 0, count: columns.pixels.count)
    var piece: [UInt8] = []
    var (byteCount, allowed) = (0, 0)
    var isThere = isHeader ? try reader.next() : true
    while isThere {
      guard reader.count == columns.count else {
        throw reader.error(
          .wrongFieldCount(reader.count, expected: columns.count, hasHeader: isHeader))
      }
      if let image = columns.image {
        let name = try Self.fileName(reader, image)
        byteCount += name.utf8.count
        fileNames.append(name)
      }
      if let wrong = row.withUnsafeMutableBufferPointer({ row in
        row.baseAddress.flatMap { reader.read(columns.pixels, as: $0) }
      }) {
        throw reader.error(wrong, .wrongPixel(try reader.text(of: wrong)))
      }
      piece += row
      if piece.count >= Self.pieceSize {
        pieces.append(piece)
        piece = []
      }
      labels.append(try add(reader, columns.label, &labelNumbers))
      if let group = columns.group {
        let name = try reader.text(of: group)
        guard !name.isEmpty else { throw reader.error(group, .emptyGroup) }
        byteCount += name.utf8.count
        // Names are shared: there are few of them.
        groups?.append(groupNames[Self.number(name, &groupNumbers, &groupNames)])
      }
      byteCount += row.count + Self.recordSize
      if byteCount > allowed {
        allowed = byteCount + Self.pieceSize
        // Twice: pixels are copied into one block at the end, and lists when they grow.
        try DatasetError.requireMemory(2 * allowed, for: path)
      }
      isThere = try reader.next()
    }
    pieces.append(piece)
    guard !labels.isEmpty else { throw DatasetError(path, .empty) }
  }

  /// The number of the label of the current record.
  private mutating func add(
    _ reader: CSVReader, _ column: Int, _ numbers: inout [String: Int]
  ) throws -> UInt8 {
    let text = try reader.text(of: column)
    guard !text.isEmpty else { throw reader.error(column, .emptyLabel) }
    let number = Self.number(text, &numbers, &labelNames)
    guard let byte = UInt8(exactly: number) else {
      throw reader.error(column, .tooManyClasses(text))
    }
    if number == firstPlaces.count { firstPlaces.append(reader.error(column, .emptyLabel).path) }
    return byte
  }

  /// The file that the current record names, which has to lie below the table's folder.
  static func fileName(_ reader: CSVReader, _ column: Int) throws -> String {
    let name = try reader.text(of: column)
    guard !name.isEmpty else { throw reader.error(column, .emptyFileName) }
    guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
      throw reader.error(column, .fileOutside(name))
    }
    return name
  }

  /// The number of `text`, which is given the next one if it is new.
  private static func number(
    _ text: String, _ numbers: inout [String: Int], _ names: inout [String]
  ) -> Int {
    if let number = numbers[text] { return number }
    numbers[text] = names.count
    names.append(text)
    return names.count - 1
  }

  /// The most classes that images may be of.
  static let mostClasses = 256

  /// Distinct labels in the order of classes: numbers by their size, other text by code points.
  static func classNames(of labelNames: [String]) -> [String] {
    let numbers = labelNames.compactMap(Double.init)
    guard numbers.count < labelNames.count || numbers.contains(where: \.isNaN) else {
      return zip(numbers, labelNames).sorted { $0 < $1 }.map(\.1)
    }
    return labelNames.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  /// The images of a table of pixels, with labels that number `classNames`. Throws a `DatasetError` if a label is not
  /// one of them.
  func images(classNames: [String]) throws -> LabelledImages {
    let classes = try classes(classNames)
    let byteCount = labels.count * columns.pixels.count
    return LabelledImages(
      images: PixelStorage(byteCount: byteCount) { buffer in
        var rest = buffer[...]
        for piece in pieces {
          UnsafeMutableRawBufferPointer(rebasing: rest).copyBytes(from: piece)
          rest = rest.dropFirst(piece.count)
        }
      },
      labels: labels.map { classes[Int($0)] }, groups: groups)
  }

  /// The files of a table of file names, likewise.
  func files(classNames: [String]) throws -> [PictureFile] {
    let classes = try classes(classNames)
    return fileNames.indices.map { index in
      PictureFile(
        path: fileNames[index], label: classes[Int(labels[index])], group: groups?[index])
    }
  }

  /// The class of each label.
  private func classes(_ classNames: [String]) throws -> [UInt8] {
    try labelNames.indices.map { number in
      guard let index = classNames.firstIndex(of: labelNames[number]) else {
        throw DatasetError(firstPlaces[number], .unknownClass(labelNames[number]))
      }
      return UInt8(index)
    }
  }
}

extension DatasetError.Problem {
  static func wrongFieldCount(_ found: Int, expected: Int, hasHeader: Bool) -> Self {
    Self(
      "\(found) \(found == 1 ? "field" : "fields"), \(hasHeader ? "the header" : "the first line") has \(expected)",
      hint: "each line needs as many fields, separated by commas")
  }

  static func wrongPixel(_ text: String) -> Self {
    let advice =
      switch Double(text) {
      case nil: "say with 'label' and 'group' which columns are something else"
      case let number? where number.isNaN: "fill it in: table.fillna(0).astype(int)"
      case let number? where 0...1 ~= number:
        "those from 0 to 1 are to be multiplied by 255 and rounded: (table * 255).round().astype(int)"
      default: "convert them: table.round().clip(0, 255).astype(int)"
      }
    return Self(
      text.isEmpty ? "a pixel is missing" : "'\(text.shortened)' is no pixel",
      hint: "pixels are whole numbers from 0 to 255; \(advice)")
  }

  static let emptyLabel = Self(
    "the label is missing", hint: "each image needs a label; remove the line, or fill it in")

  static let emptyGroup = Self(
    "the group is missing",
    hint: "each image needs a group; one that belongs to no other has a name of its own")

  static let emptyFileName = Self(
    "the file name is missing", hint: "each line names a picture; remove the line, or fill it in")

  static func fileOutside(_ name: String) -> Self {
    Self(
      "'\(name.shortened)' is not below the folder of the table",
      hint: "name files as they are seen from the folder of the table, such as images/1.png")
  }

  static func tooManyClasses(_ label: String) -> Self {
    Self(
      "'\(label.shortened)' would be the 257th class; there may be 256",
      hint: "choose the column of the classes with 'label'")
  }

  static func unknownClass(_ label: String) -> Self {
    Self(
      "'\(label.shortened)' is no class of the training images",
      hint: "each class needs images to train on")
  }
}
