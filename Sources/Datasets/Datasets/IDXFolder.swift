public import Specs

/// A dataset of one's own: a folder with four IDX files named as MNIST's, of any image size and 2 to
/// 256 classes.
public struct IDXFolder: DatasetSpec {
  public static let type = "idx"
  public static let summary = "Four IDX files named as MNIST's, plain or gzipped."

  @Field(
    "Folder of the files; a relative path starts at the spec's own folder.", example: "my-data",
    .nonEmpty)
  public var path: String

  public init() {}

  public func summarize(in locations: DataLocations) throws -> DatasetSummary {
    try files(in: locations).summarize()
  }

  public func load(from locations: DataLocations) throws -> LoadedDataset {
    try files(in: locations).load(type: Self.type)
  }

  public func resolved(in locations: DataLocations) -> IDXFolder {
    var folder = self
    folder.path = locations.absolute(path)
    return folder
  }

  private func files(in locations: DataLocations) throws -> IDXFileSet {
    let folder = locations.resolve(path)
    return try IDXFileSet { name in
      guard let path = try findFile(name, in: folder) else {
        throw DatasetError("\(folder)/\(name)", .missing)
      }
      return path
    }
  }
}
