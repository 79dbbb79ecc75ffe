import Diagnostics
import Files
import Specs
import Tensors

/// A dataset in a table: a line for each image, a column for each pixel and one for the class.
package struct CSVTable: DatasetSpec {
  package static let type = "csv"
  package static let summary =
    "Comma-separated text, plain or gzipped: a line for each image, a column for each pixel and one for the class."
  package static let otherNames = ["table", "tabular", "pandas"]

  @Field(
    "The file of the images to train on; a relative path starts at the spec's own folder. A file of that name in '--data-dir' comes first.",
    example: "train.csv")
  package var path: FilePath

  @Field("The file of the images for the final score, if they are in one of their own.")
  package var testPath: FilePath?

  @Field(
    "Column of the classes: its name, or in a file without header its number from 0. By default 'label', or the first one in a file without header.",
    example: "digit")
  package var label: String?

  @Field(
    "Column of what keeps images together, such as their patient: those with the same text stay in one part.",
    example: "patient")
  package var group: String?

  @Field(
    "Whether the first line names the columns. By default it does if any of its fields is no number."
  )
  package var header: Bool?

  @Field(
    "[height, width] or [height, width, channels] of an image, the last varying fastest from column to column; by default a grey square.",
    example: "[32, 32, 3]",
    Check("must be [height, width] or [height, width, channels], with 1 or 3 channels") { shape in
      guard let shape else { return true }
      return (2...3).contains(shape.count) && shape.allSatisfy { 1...65_536 ~= $0 }
        && (shape.count == 2 || [1, 3].contains(shape[2]))
    })
  package var imageShape: [Int]?

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "path": ["file", "train_path"], "label": ["target", "y_col", "class"],
      "image_shape": ["shape", "input_shape", "target_size"], "group": ["groups"],
    ]
  }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    let wanted = CSVColumns.Wanted(label: label, group: group)
    let path = locations.file(of: path.path)
    var shape: ImageShape?
    let training = try CSVPart(path: path, wanted, hasHeader: header) { columns in
      shape = try imageShape(of: columns, in: path)
    }
    let test = try testPath.map { test in
      let path = locations.file(of: test.path)
      return try CSVPart(path: path, wanted, hasHeader: header) { columns in
        guard try imageShape(of: columns, in: path) == shape else {
          throw DatasetError(
            path,
            .otherPixelColumns(
              found: columns.pixelSummary, expected: training.columns.pixelSummary))
        }
      }
    }
    let classNames = training.classNames
    guard classNames.count >= 2 else { throw DatasetError(path, .tooFewClasses) }
    return LoadedDataset(
      type: Self.type, imageShape: shape ?? ImageShape(height: 1, width: 1, channels: 1),
      classNames: classNames, training: try training.images(classNames: classNames),
      test: try test?.images(classNames: classNames), notes: notes(training, test))
  }

  package func resolved(in locations: DataLocations) -> CSVTable {
    var resolved = self
    resolved.path = FilePath(locations.file(of: path.path)).absolute
    resolved.testPath = testPath.map { FilePath(locations.file(of: $0.path)).absolute }
    return resolved
  }

  /// The shape that the pixel columns make. Throws a `DatasetError` if they make none.
  private func imageShape(of columns: CSVColumns, in path: String) throws -> ImageShape {
    let count = columns.pixels.count
    let side = Int(Double(count).squareRoot())
    let lengths = imageShape ?? [side, side]
    guard count > 0, lengths.reduce(1, *) == count else {
      throw DatasetError(
        path, .wrongPixelCount(columns, wanted: imageShape, others: columns.unusedNames))
    }
    return ImageShape(
      height: lengths[0], width: lengths[1], channels: lengths.count == 3 ? lengths[2] : 1)
  }

  private func notes(_ training: CSVPart, _ test: CSVPart?) -> [String] {
    var notes: [String] = []
    let unused = training.columns.unusedNames
    if !unused.isEmpty { notes.append("columns without use: " + unused.joined(separator: ", ")) }
    let shared = Set(training.groupNames).intersection(test?.groupNames ?? [])
    if !shared.isEmpty {
      let names = shared.sorted().prefix(5).joined(separator: ", ") + (shared.count > 5 ? " …" : "")
      notes.append(
        "\(shared.count == 1 ? "1 group is" : "\(shared.count) groups are") in both files: \(names)"
      )
    }
    return notes
  }
}

extension DatasetError.Problem {
  static func wrongPixelCount(
    _ columns: CSVColumns, wanted: [Int]?, others: [String]
  ) -> Self {
    let count = columns.pixels.count
    let side = Int((Double(count) / 3).squareRoot())
    let rest =
      others.isEmpty
      ? "" : "; columns without use: " + others.prefix(10).map(\.shortened).joined(separator: ", ")
    return Self(
      "has \(columns.pixelSummary), which are no "
        + (wanted.map { "images of " + $0.map(String.init).joined(separator: "×") } ?? "square")
        + rest,
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
}
