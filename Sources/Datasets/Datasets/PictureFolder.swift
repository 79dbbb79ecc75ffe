import Files

/// The names of the pictures in a folder of classes, or of parts with a folder for each class.
struct PictureFolder {
  /// The names of the classes, by code point: those of the folders of the training part; to score networks on, those
  /// that only other parts have come after them.
  private(set) var classNames: [String] = []
  private(set) var training: [PictureFile] = []
  private(set) var validation: [PictureFile]?
  private(set) var test: [PictureFile]?
  /// True if what stands in the place of the training part is a test part that has none beside it.
  private(set) var isTestAlone = false
  private var listing: PictureListing
  private var notes: [String] = []
  /// True if each folder below a class is a group of pictures. A picture outside of these is a group of its own.
  private let isGrouped: Bool
  private var hasGroupFolders = false
  private let folder: Folder
  private let use: DataUse

  private static let mostClasses = 256

  /// Lists the pictures in `folder`; those below one folder of a class are one group if `isGrouped`.
  ///
  /// Throws a `DatasetError` if these are not two to 256 classes with pictures for each. To score networks on, one class
  /// with pictures will do, and one part that stands alone.
  init(_ folder: Folder, isGrouped: Bool, for use: DataUse = .training) throws {
    self.folder = folder
    self.use = use
    listing = PictureListing(folder)
    self.isGrouped = isGrouped
    let top = try listing.list(folder, "")
    // Files beside the folders of classes belong to none.
    listing.others += top.files
    if let parts = try PictureParts(among: top.folders, of: folder, for: use) {
      isTestAlone = parts.isTestAlone
      for (part, name) in parts.folders {
        guard let partFolder = try folder.folder(name) else { continue }
        let entries = try listing.list(partFolder, name + "/")
        listing.others += entries.files.map { "\(name)/\($0)" }
        switch part {
        case .training: training = try readClasses(entries.folders, under: name + "/")
        case .validation: validation = try readPart(entries.folders, under: name + "/")
        case .test: test = try readPart(entries.folders, under: name + "/")
        }
      }
    } else {
      training = try readClasses(top.folders, under: "")
    }
    if isGrouped, !hasGroupFolders { throw DatasetError(folder.path, .noGroupFolders) }
  }

  /// Files that look like pictures but cannot be opened.
  var unreadable: [UnreadablePicture] { listing.unreadable }

  /// What a user should know about the folder.
  var allNotes: [String] {
    let others = listing.others
    return notes
      + (others.isEmpty
        ? []
        : [
          "\(others.count) file\(others.count == 1 ? " is no picture and was" : "s are no pictures and were") left out: "
            + listed(others, most: 5)
        ])
  }

  /// The paths of all pictures below the folder.
  var paths: [String] {
    [training, validation ?? [], test ?? []].joined().map(\.path)
  }

  // MARK: classes

  private mutating func readClasses(_ names: [String], under prefix: String) throws -> [PictureFile]
  {
    guard names.count >= use.fewestClasses else {
      if !unreadable.isEmpty {
        throw DatasetError(
          folder.path, .unreadablePictures(unreadable, of: unreadable.count))
      }
      let hasPictures = listing.others.contains(where: PictureListing.isPicture)
      throw DatasetError(
        folder.path,
        names.isEmpty && hasPictures ? .picturesWithoutClass : .tooFewClassFolders(names))
    }
    guard names.count <= Self.mostClasses else {
      throw DatasetError(folder.path, .tooManyClassFolders(names.count))
    }
    // Equal as texts, but of other code points: nobody could tell them apart.
    if Set(names).count < names.count {
      let twice = names.first { name in names.count { $0 == name } > 1 } ?? ""
      throw DatasetError(folder.path, .classNameTwice(twice))
    }
    classNames = names
    var files: [PictureFile] = []
    var empty: [String] = []
    for (label, name) in names.enumerated() {
      let (count, failures) = (files.count, unreadable.count)
      try readClass(name, UInt8(label), under: prefix, into: &files)
      if files.count == count, unreadable.count == failures { empty.append(name) }
    }
    guard empty.isEmpty || use == .scoring && !files.isEmpty else {
      throw DatasetError(folder.path, .emptyClasses(empty, prefix))
    }
    return files
  }

  /// The number of the class `name` of a part other than training.
  private mutating func label(_ name: String, under prefix: String) throws -> Int {
    if let label = classNames.firstIndex(of: name) { return label }
    guard use == .scoring else {
      throw DatasetError(folder.path, .untrainedClass(prefix + name))
    }
    guard classNames.count < Self.mostClasses else {
      throw DatasetError(folder.path, .tooManyClassFolders(classNames.count + 1))
    }
    classNames.append(name)
    return classNames.count - 1
  }

  /// The pictures of a part other than training, whose classes are those of training.
  private mutating func readPart(_ names: [String], under prefix: String) throws -> [PictureFile] {
    var files: [PictureFile] = []
    var present: Set<Int> = []
    for name in names {
      let label = try label(name, under: prefix)
      let count = files.count
      try readClass(name, UInt8(label), under: prefix, into: &files)
      if files.count > count { present.insert(label) }
    }
    guard !files.isEmpty else { throw DatasetError(folder.path, .emptyPart(prefix)) }
    let missing = classNames.indices.filter { !present.contains($0) }.map { classNames[$0] }
    if !missing.isEmpty {
      notes.append("\(prefix) has no pictures of \(listed(missing, most: 5))")
    }
    return files
  }

  // MARK: the files of a class

  private mutating func readClass(
    _ name: String, _ label: UInt8, under prefix: String, into files: inout [PictureFile]
  ) throws {
    guard let classFolder = try folder.folder(prefix + name) else { return }
    let pictures = try listing.pictures(below: classFolder, prefix + name + "/")
    hasGroupFolders = hasGroupFolders || pictures.contains { $0.group != nil }
    files += pictures.map {
      PictureFile(path: $0.path, label: label, group: isGrouped ? $0.group ?? $0.path : nil)
    }
  }
}
