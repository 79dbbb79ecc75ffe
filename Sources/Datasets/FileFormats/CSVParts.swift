import Files
import Tensors

/// The tables of a dataset: that of the images to train on, and that of the test images if there is one.
struct CSVParts {
  private let training: CSVPart
  private let test: CSVPart?
  /// The names of the classes: the labels of the training images, or of all images that networks are scored on.
  private let classNames: [String]
  private let use: DataUse
  /// The shape of images in columns of pixels.
  private var shape: ImageShape?

  /// Reads the tables in the files `paths` as `table` says.
  init(_ table: CSVTable, in paths: [String], for use: DataUse = .training) throws {
    let wanted = CSVColumns.Wanted(label: table.label, group: table.group, image: table.image)
    var shape: ImageShape?
    let training = try CSVPart(path: paths[0], wanted, hasHeader: table.header) { columns in
      guard table.image == nil else { return }
      shape = try Self.shape(of: columns, table.imageShape, in: paths[0])
    }
    let test = try paths.dropFirst().first.map { path in
      // Both have a header, or none has.
      let hasHeader = training.columns.names != nil
      return try CSVPart(path: path, wanted, hasHeader: hasHeader) { columns in
        guard let shape else { return }
        guard try Self.shape(of: columns, table.imageShape, in: path) == shape else {
          throw DatasetError(
            path,
            .otherPixelColumns(
              found: columns.pixelSummary, expected: training.columns.pixelSummary))
        }
      }
    }
    let known = Set(training.labelNames)
    let others = use == .training ? [] : (test?.labelNames ?? []).filter { !known.contains($0) }
    classNames = CSVPart.classNames(of: training.labelNames + others)
    guard classNames.count >= use.fewestClasses else {
      throw DatasetError(paths[0], .tooFewClasses)
    }
    guard classNames.count <= CSVPart.mostClasses else {
      throw DatasetError(paths[paths.count - 1], .tooManyClasses(others[others.count - 1]))
    }
    self.training = training
    self.test = test
    self.shape = shape
    self.use = use
  }

  /// The dataset of columns of pixels.
  func images() throws -> LoadedDataset {
    guard let shape else { preconditionFailure("the table has columns of pixels") }
    return LoadedDataset(
      type: CSVTable.type, imageShape: shape, classNames: classNames,
      training: try training.images(classNames: classNames),
      test: try test?.images(classNames: classNames), notes: notes)
  }

  /// The files of each part that the tables name.
  func files() throws -> [[PictureFile]] {
    try [training, test].compactMap(\.self).map { try $0.files(classNames: classNames) }
  }

  /// The dataset of these `files`, decoded as the `fields` say. Throws a `DatasetError` if too many of them cannot be.
  func pictures(
    _ files: [[PictureFile]], in folder: Folder, _ fields: PictureFields,
    _ report: (String) -> Void
  ) throws -> LoadedDataset {
    var reader = PictureReader(folder, fields)
    let (shape, parts, readerNotes) = try reader.read(files, report)
    let lost = classNames.indices.filter { !parts[0].labels.contains(UInt8($0)) }
    guard lost.isEmpty || use == .scoring else {
      throw DatasetError(training.path, .unreadableClasses(lost.map { classNames[$0] }))
    }
    if let test, parts[1].labels.isEmpty { throw DatasetError(test.path, .empty) }
    return LoadedDataset(
      type: CSVTable.type, imageShape: shape, classNames: classNames, training: parts[0],
      test: test == nil ? nil : parts[1], notes: notes + readerNotes)
  }

  /// The shape that columns of pixels make. Throws a `DatasetError` if it is not the one that is `wanted`, or else a
  /// square.
  private static func shape(
    of columns: CSVColumns, _ wanted: [Int]?, in path: String
  ) throws -> ImageShape {
    let count = columns.pixels.count
    let side = Int(Double(count).squareRoot())
    let lengths = wanted ?? [side, side]
    guard count > 0, lengths.reduce(1, *) == count else {
      throw DatasetError(path, .wrongPixelCount(columns, wanted: wanted))
    }
    return ImageShape(
      height: lengths[0], width: lengths[1], channels: lengths.count == 3 ? lengths[2] : 1)
  }

  private var notes: [String] {
    var notes: [String] = []
    let unused = training.columns.unusedNames
    if !unused.isEmpty { notes.append("columns without use: \(listed(unused, most: 10))") }
    let shared = Set(training.groupNames).intersection(test?.groupNames ?? []).sorted()
    if !shared.isEmpty { notes.append("groups in both tables: \(listed(shared, most: 5))") }
    return notes
  }
}

extension DatasetError.Problem {
  static func wrongPixelCount(_ columns: CSVColumns, wanted: [Int]?) -> Self {
    let count = columns.pixels.count
    let side = Int((Double(count) / 3).squareRoot())
    let unused = columns.unusedNames
    return Self(
      "has \(columns.pixelSummary), which are no "
        + (wanted.map { "images of " + $0.map(String.init).joined(separator: "×") } ?? "square")
        + (unused.isEmpty ? "" : "; columns without use: \(listed(unused, most: 10))"),
      hint: wanted == nil && side * side * 3 == count
        ? "write 'image_shape: [\(side), \(side), 3]' if they are in colour"
        : "give 'image_shape: [height, width]', or [height, width, 3] for colour; their product is the number of pixel columns"
    )
  }

  static func otherPixelColumns(found: String, expected: String) -> Self {
    Self(
      "has \(found), but the training images have \(expected)",
      hint: "training and test images must have one size")
  }

  static func unreadableClasses(_ names: [String]) -> Self {
    Self(
      "no picture can be read of class \(listed(names, most: 20))",
      hint: "mend the pictures, or remove their lines")
  }
}
