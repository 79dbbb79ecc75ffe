import Specs

/// A dataset of one's own: a folder with four IDX files named as MNIST's, of any image size and 2 to
/// 256 classes.
package struct IDXFolder: DatasetSpec {
  package static let type = "idx"
  package static let summary = "Four IDX files named as MNIST's, plain or gzipped."

  @Field(
    "Folder of the files; a relative path starts at the spec's own folder.", example: "my-data")
  package var path: FilePath

  package init() {}

  package func summarize(in locations: DataLocations) throws -> DatasetSummary {
    try files.summarize()
  }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    try files.load(type: Self.type)
  }

  package var resolved: IDXFolder {
    var folder = self
    folder.path = path.absolute
    return folder
  }

  private var files: IDXFileSet {
    get throws {
      try IDXFileSet { name in
        guard let file = try findFile(name, in: path.path) else {
          throw DatasetError("\(path.path)/\(name)", .missing)
        }
        return file
      }
    }
  }
}
