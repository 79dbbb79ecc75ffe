import Files

/// The folders of pictures that are the parts of a dataset.
struct PictureParts {
  /// The parts that are there, each with the name of its folder.
  let folders: [(Part, String)]
  /// True if what stands in the place of the training part is a test part that has none beside it.
  let isTestAlone: Bool

  /// Parts of a dataset.
  enum Part: CaseIterable {
    case training, validation, test

    fileprivate var names: [String] {
      switch self {
      case .training: ["train", "training"]
      case .validation: ["validation", "val", "valid"]
      case .test: ["test", "testing"]
      }
    }
  }

  /// The parts among the folders `names` in `folder`; nil if these are classes.
  ///
  /// Throws a `DatasetError` if a part is there twice, if other folders are beside them, or if there is none to train
  /// on and that is the `use`.
  init?(among names: [String], of folder: Folder, for use: DataUse) throws {
    let partNames = Part.allCases.flatMap(\.names)
    let isPart = names.filter { partNames.contains($0.lowercased()) }
    let training = names.filter { Part.training.names.contains($0.lowercased()) }
    if let name = training.first {
      // Trains may be a class of vehicles: its pictures lie in it, and no folders of classes.
      let entries = try folder.folder(name)?.entries() ?? []
      if entries.contains(where: { $0.kind == .file && PictureListing.isPicture($0.name) }),
        !entries.contains(where: { $0.kind == .folder })
      {
        return nil
      }
    } else if isPart.isEmpty || isPart.count < names.count {
      return nil
    }
    guard isPart.count == names.count else {
      throw DatasetError(
        folder.path, .foldersBesideParts(names.filter { !isPart.contains($0) }, isPart))
    }
    let named = try Part.allCases.compactMap { part -> (Part, String)? in
      let found = names.filter { part.names.contains($0.lowercased()) }
      guard found.count <= 1 else { throw DatasetError(folder.path, .partTwice(found)) }
      return found.first.map { (part, $0) }
    }
    if !training.isEmpty {
      (folders, isTestAlone) = (named, false)
      return
    }
    guard use == .scoring, let (_, alone) = named.last else {
      throw DatasetError(folder.path, .noTrainingFolder(names))
    }
    (folders, isTestAlone) = ([(.training, alone)], true)
  }
}
