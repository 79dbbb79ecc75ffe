import Files
import Specs

/// A dataset of one's own: a folder of IDX files named as MNIST's, of any image size, grey or coloured, and 2 to 256
/// classes.
package struct IDXFolder: DatasetSpec {
  package static let type = "idx"
  package static let summary = "IDX files named as MNIST's, plain or gzipped."

  @Field(
    "Folder of the files; a relative path starts at the spec's own folder. A folder of that name in '--data-dir' comes first.",
    example: "my-data")
  package var path: FilePath

  @Field(
    "What stands before MNIST's names in those of the files; needed only where the folder has several sets.",
    example: "emnist-letters")
  package var prefix: String?

  package var classes = ClassNameFields()

  package init() {}

  package func summarize(in locations: DataLocations) throws -> DatasetSummary {
    try files(in: locations).summarize(classNames: classes.classNames)
  }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    try files(in: locations).load(type: Self.type, classNames: classes.classNames)
  }

  package func loadToScore(from locations: DataLocations) throws -> LoadedDataset {
    try IDXFileSet(folder: place(in: locations), prefix: prefix, for: .scoring)
      .load(type: Self.type, classNames: classes.classNames, for: .scoring)
  }

  package func digest(in locations: DataLocations) throws -> DataDigest {
    try files(in: locations).digest(locations.digests, classNames: classes.classNames)
  }

  package func resolved(in locations: DataLocations) -> IDXFolder {
    var folder = self
    folder.path = FilePath(place(in: locations)).absolute
    return folder
  }

  private func place(in locations: DataLocations) -> String {
    locations.folder(of: path.path, with: IDXFileSet.isIn)
  }

  private func files(in locations: DataLocations) throws -> IDXFileSet {
    try IDXFileSet(folder: place(in: locations), prefix: prefix)
  }
}
