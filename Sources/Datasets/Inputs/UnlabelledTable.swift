import Files
import Tensors

/// The contents of a table without labels: columns of pixels, or files of pictures.
///
/// Columns are found as in a dataset's table; one of labels may be there, and is passed over.
struct UnlabelledTable {
  private(set) var contents: [InputContent] = []

  /// Advice where columns are not found: only the run's own data section names them.
  private static let advice =
    "its columns are found as in the run's own data: for each pixel one, named by numbers (pixel0, pixel1, …), or "
    + "one of file names where the run had that; others are passed over"
  /// The bytes after which memory is asked for.
  private static let pieceSize = 1 << 24

  /// True if the name of the file at `path` is a table's. Only tables are known by their names.
  static func isNamed(_ path: String) -> Bool {
    [".csv", ".csv.gz"].contains(where: path.lowercased().hasSuffix)
  }

  /// Reads the table in the file `path`.
  init(_ path: String, _ preparation: ImagePreparation) throws {
    let table = preparation.table
    let reader = try CSVReader(path: path)
    guard try reader.next() else { throw DatasetError(path, .noImages) }
    let first = try (0..<reader.count).map(reader.text)
    let hasHeader = table.header ?? CSVColumns.isHeader(first)
    let names = hasHeader ? first : nil
    guard try !hasHeader || reader.next() else { throw DatasetError(path, .noImages) }
    if let image = table.image {
      let column = names.map { $0.firstIndex(of: image) } ?? Int(image)
      guard let column, first.indices.contains(column) else {
        let missing = DatasetError.Problem.noColumn(
          image, key: "image", names: names, count: first.count)
        throw DatasetError(path, missing.advising(Self.advice))
      }
      contents = try Self.pictures(reader, column, columnCount: first.count, hasHeader)
    } else {
      let columns = try Self.pixelColumns(
        names, reader, columnCount: first.count, preparation)
      let shape = try Self.shape(columns.count, preparation, in: path)
      let pixels = try Self.pixels(reader, columns, columnCount: first.count, hasHeader)
      contents = [.images(ImageArray(path: path, shape: shape, pixels: pixels))]
    }
  }

  /// Calls `body` at each record from the current one on.
  private static func forEachRecord(
    of reader: CSVReader, columnCount: Int, _ hasHeader: Bool, _ body: () throws -> Void
  ) throws {
    repeat {
      guard reader.count == columnCount else {
        throw reader.error(
          .wrongFieldCount(reader.count, expected: columnCount, hasHeader: hasHeader))
      }
      try body()
    } while try reader.next()
  }

  private static func pictures(
    _ reader: CSVReader, _ column: Int, columnCount: Int, _ hasHeader: Bool
  ) throws -> [InputContent] {
    let folder = try Folder(Storage.parent(of: reader.path))
    let prefix = reader.path.dropLast(Storage.name(of: reader.path).count)
    var contents: [InputContent] = []
    try forEachRecord(of: reader, columnCount: columnCount, hasHeader) {
      let file = try CSVPart.fileName(reader, column)
      contents.append(
        .picture(PictureInput(name: prefix + file, folder: folder, path: file)))
    }
    return contents
  }

  private static func pixels(
    _ reader: CSVReader, _ columns: [Int], columnCount: Int, _ hasHeader: Bool
  ) throws -> PixelStorage {
    var row = [UInt8](repeating: 0, count: columns.count)
    var (pixels, allowed) = ([UInt8](), 0)
    try forEachRecord(of: reader, columnCount: columnCount, hasHeader) {
      if let wrong = row.withUnsafeMutableBufferPointer({ row in
        row.baseAddress.flatMap { reader.read(columns, as: $0) }
      }) {
        throw reader.error(wrong, .wrongPixel(try reader.text(of: wrong)))
      }
      pixels += row
      if pixels.count > allowed {
        allowed = pixels.count + pieceSize
        // Twice: they are copied when their memory grows, and at the end.
        try DatasetError.requireMemory(2 * allowed, for: reader.path)
      }
    }
    return PixelStorage(pixels)
  }

  /// The columns of pixels. Where nothing names the columns, and they are more than a network's image has pixels by as
  /// many as the run's own data had others, these are there, too: the label, or a number of the image, and the group.
  private static func pixelColumns(
    _ names: [String]?, _ reader: CSVReader, columnCount: Int, _ preparation: ImagePreparation
  ) throws -> [Int] {
    let table = preparation.table
    let all = Array(0..<columnCount)
    guard let names else {
      let label = table.label.flatMap { Int($0) } ?? 0
      let others = [label] + [table.group.flatMap { Int($0) }].compactMap(\.self)
      let hasOthers = all.count == preparation.imageShape.elementCount + others.count
      return hasOthers ? all.filter { !others.contains($0) } : all
    }
    let others = [table.label ?? "label", table.group]
    do {
      return try CSVColumns.pixels(
        in: names, among: all.filter { !others.contains(names[$0]) }, of: reader)
    } catch let error as DatasetError {
      throw DatasetError(error.path, error.problem.advising(advice))
    }
  }

  /// The shape of images of `count` pixels: the network's, or a square.
  private static func shape(
    _ count: Int, _ preparation: ImagePreparation, in path: String
  ) throws(DatasetError) -> ImageShape {
    let wanted = preparation.imageShape
    if count == wanted.elementCount { return wanted }
    let side = Int(Double(count).squareRoot())
    guard count > 0, side * side == count else {
      throw DatasetError(path, .otherPixelCount(count, wanted: wanted))
    }
    return ImageShape(height: side, width: side, channels: 1)
  }
}

extension UnlabelledTable: InputKind {
  static let name = "CSV files"

  static func matches(_ path: String, start: [UInt8]?) -> Bool { start != nil && isNamed(path) }

  static func read(
    _ path: String, _ preparation: ImagePreparation
  ) throws -> (contents: [InputContent], notes: [String]) {
    (try UnlabelledTable(path, preparation).contents, [])
  }
}

extension DatasetError.Problem {
  static func otherPixelCount(_ count: Int, wanted: ImageShape) -> Self {
    Self(
      "has \(count) columns of pixels, but the network takes images of \(wanted), \(wanted.elementCount) numbers",
      hint:
        "give it a column for each, named by their numbers: pixel0, pixel1, …; others, such as 'id', are passed over"
    )
  }
}
