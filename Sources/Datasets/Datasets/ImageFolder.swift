import Diagnostics
import Files
import Specs

/// Pictures of one's own: a folder of PNG and JPEG files with a folder for each class, or with parts that have a folder
/// for each class.
///
/// Classes are in the order of their names' code points, and the pictures of a class in that of their paths.
package struct ImageFolder: PictureDataset {
  package static let type = "image_folder"
  package static let summary =
    "PNG and JPEG pictures in a folder for each class, or in train/, validation/ and test/."
  package static let source: String? = "Keras's image_dataset_from_directory"
  package static let otherNames = [
    "ImageFolder", "imagefolder", "folder", "directory", "flow_from_directory", "images",
    "pictures",
  ]

  @Field(
    "Folder of the classes; a relative path starts at the spec's own folder. A folder of that name in '--data-dir' comes first.",
    example: "flowers")
  package var path: FilePath

  package var pictures = PictureFields()

  @Field("'folder' keeps all pictures below one folder of a class in one part.")
  package var group: GroupLevel?

  /// The level of folders whose pictures belong together.
  package enum GroupLevel: String, CaseIterable, SpecValue {
    /// The one below the class.
    case folder
  }

  package init() {}

  package static var otherKeys: OtherNames {
    ["path": ["directory", "root", "dir", "folder", "data_dir"], "group": ["groups", "group_by"]]
  }

  package func validate(_ diagnostics: inout Diagnostics) { pictures.validate(&diagnostics) }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    try load(from: locations, for: .training)
  }

  package func loadToScore(from locations: DataLocations) throws -> LoadedDataset {
    try load(from: locations, for: .scoring)
  }

  private func load(from locations: DataLocations, for use: DataUse) throws -> LoadedDataset {
    let place = place(in: locations)
    guard Storage.isFolder(place) else {
      throw DatasetError(place, Storage.exists(place) ? .noFolderButFile : .noFolder)
    }
    let folder = try Folder(place)
    let found = try PictureFolder(folder, isGrouped: group != nil, for: use)
    let settings =
      [use.settings(canonicalJSON(without: ["path"]))] + found.unreadable.map(\.path)
    let source = DecodedCache.Source(
      type: Self.type, path: FilePath(place).absolute.path,
      settings: settings.joined(separator: "\n"), files: found.paths)
    return try DecodedCache(in: locations)
      .dataset(of: source) { try read(found, in: folder, for: use, locations.report) }
      .adding(notes: found.allNotes)
  }

  package func resolved(in locations: DataLocations) -> ImageFolder {
    var dataset = self
    dataset.path = FilePath(place(in: locations)).absolute
    return dataset
  }

  private func place(in locations: DataLocations) -> String {
    let name = Storage.name(of: path.path)
    let found = locations.folder(of: path.path) { Storage.name(of: $0) == name }
    // Not '--data-dir' itself, whose folders are other datasets.
    return Storage.name(of: found) == name ? found : path.path
  }

  private func read(
    _ found: PictureFolder, in folder: Folder, for use: DataUse, _ report: (String) -> Void
  ) throws -> LoadedDataset {
    var reader = PictureReader(folder, pictures, unreadable: found.unreadable)
    let others = [found.validation, found.test].compactMap(\.self)
    let (shape, parts, notes) = try reader.read([found.training] + others, report)
    let lost = found.classNames.indices.filter { !parts[0].labels.contains(UInt8($0)) }
    guard lost.isEmpty || use == .scoring else {
      throw DatasetError(
        folder.path, .emptyClasses(lost.map { found.classNames[$0] }, ""))
    }
    // Those to train on are known to be there where they are needed.
    if let empty = parts.dropFirst().firstIndex(where: { $0.labels.isEmpty }) {
      let isValidation = empty == 1 && found.validation != nil
      throw DatasetError(folder.path, .emptyPart(isValidation ? "validation/" : "test/"))
    }
    let loaded = LoadedDataset(
      type: Self.type, imageShape: shape, classNames: found.classNames, training: parts[0],
      validation: found.validation == nil ? nil : parts[1],
      test: found.test == nil ? nil : parts[parts.count - 1], notes: notes)
    return found.isTestAlone ? loaded.asTestAlone() : loaded
  }
}
