import Files
import Specs

/// A dataset of one's own: a folder with four IDX files named as MNIST's, of any image size and 2 to
/// 256 classes.
package struct IDXFolder: DatasetSpec {
  package static let type = "idx"
  package static let summary = "Four IDX files named as MNIST's, plain or gzipped."

  @Field(
    "Folder of the files; a relative path starts at the spec's own folder. A folder of that name in '--data-dir' comes first.",
    example: "my-data")
  package var path: FilePath

  package init() {}

  package func summarize(in locations: DataLocations) throws -> DatasetSummary {
    try files(in: locations).summarize()
  }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    try files(in: locations).load(type: Self.type)
  }

  package func digest(in locations: DataLocations) throws -> DataDigest {
    try files(in: locations).digest(locations.digests)
  }

  package func resolved(in locations: DataLocations) -> IDXFolder {
    var folder = self
    folder.path = FilePath(place(in: locations)).absolute
    return folder
  }

  private func place(in locations: DataLocations) -> String {
    locations.folder(of: path.path) { folder in
      let name = IDXFileSet.names[0]
      return ["\(folder)/\(name)", "\(folder)/\(name).gz"].contains(where: Storage.exists)
    }
  }

  private func files(in locations: DataLocations) throws -> IDXFileSet {
    let folder = place(in: locations)
    return try IDXFileSet { name in
      guard let file = try findFile(name, in: folder) else {
        throw DatasetError("\(folder)/\(name)", .missing)
      }
      return file
    }
  }
}
