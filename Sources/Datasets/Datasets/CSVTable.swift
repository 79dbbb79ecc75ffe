import Diagnostics
import Files
import Specs
import Tensors

/// A dataset in a table: a line for each image, a column for the class, and one for each pixel or one for the picture's
/// file.
package struct CSVTable: PictureDataset {
  package static let type = "csv"
  package static let summary =
    "Comma-separated text, plain or gzipped: a line for each image, a column for the class, and one for each pixel or one for the picture's file."
  package static let otherNames = ["table", "tabular", "pandas"]

  @Field(
    "The file of the images to train on, or of all that there are to score on; a relative path starts at the spec's own folder. A file of that name in '--data-dir' comes first.",
    example: "train.csv")
  package var path: FilePath

  @Field("The table of the images for the final score, if they are in one of their own.")
  package var testPath: FilePath?

  @Field(
    "Column of the classes: its name, or in a file without header its number from 0. By default 'label', or the first one in a file without header.",
    example: "digit")
  package var label: String?

  @Field(
    "Column of the pictures' files, as seen from the folder of 'path'; without it, columns whose names differ only in their numbers (pixel0, pixel1, …) are the pixels.",
    example: "filename")
  package var image: String?

  package var pictures = PictureFields()

  @Field(
    "Column of what keeps images together, such as their patient: those with the same text stay in one part.",
    example: "patient")
  package var group: String?

  @Field(
    "Whether the first line names the columns. By default it does if any of its fields is no number."
  )
  package var header: Bool?

  @Field(
    "[height, width] or [height, width, channels] of an image in columns of pixels, the last varying fastest from column to column; by default a grey square, such as [28, 28].",
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
      "image": ["x_col", "filename", "file", "image_path", "images"],
    ]
  }

  package var hasPictures: Bool { image != nil }

  package func validate(_ diagnostics: inout Diagnostics) {
    guard image == nil else {
      pictures.validate(&diagnostics)
      if let node = $imageShape.node {
        diagnostics.error(
          .otherTable, "'image_shape' is for columns of pixels, not for files of pictures",
          at: node.location, hint: "resize pictures with 'image_size: [height, width]'")
      }
      return
    }
    for (key, node) in pictures.changed {
      diagnostics.error(
        .otherTable, "'\(key)' is for files of pictures, but no 'image' says where their names are",
        at: node?.location, hint: "add 'image: filename', or remove '\(key)'")
    }
  }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    try load(from: locations, for: .training)
  }

  package func loadToScore(from locations: DataLocations) throws -> LoadedDataset {
    try load(from: locations, for: .scoring)
  }

  private func load(from locations: DataLocations, for use: DataUse) throws -> LoadedDataset {
    let paths = [path, testPath].compactMap(\.self).map { locations.file(of: $0.path) }
    let folder = Storage.parent(of: paths[0])
    func cached(_ files: [String], _ make: () throws -> LoadedDataset) throws -> LoadedDataset {
      let tables = paths.map { FilePath($0).absolute.path }
      // There may be other tables in the folder.
      let settings = [use.settings(canonicalJSON(without: ["path", "test_path"]))] + tables
      let source = DecodedCache.Source(
        type: Self.type, path: folder, settings: settings.joined(separator: "\n"),
        files: tables + files)
      return try DecodedCache(in: locations).dataset(of: source, make: make)
    }
    guard image != nil else {
      return try cached([]) { try CSVParts(self, in: paths, for: use).images() }
    }
    // The table is read each time: only it names the files, which the cache is keyed by.
    let parts = try CSVParts(self, in: paths, for: use)
    let files = try parts.files()
    return try cached(files.joined().map(\.path)) {
      try parts.pictures(files, in: Folder(folder), pictures, locations.report)
    }
  }

  package func resolved(in locations: DataLocations) -> CSVTable {
    var resolved = self
    resolved.path = FilePath(locations.file(of: path.path)).absolute
    resolved.testPath = testPath.map { FilePath(locations.file(of: $0.path)).absolute }
    return resolved
  }
}
