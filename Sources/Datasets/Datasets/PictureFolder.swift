import Files

/// The names of the pictures in a folder of classes, or of parts with a folder for each class.
struct PictureFolder {
  /// The names of the classes, by code point: those of the folders of the training part.
  private(set) var classNames: [String] = []
  private(set) var training: [PictureFile] = []
  private(set) var validation: [PictureFile]?
  private(set) var test: [PictureFile]?
  /// What looks like a picture, but cannot be opened.
  private(set) var unreadable: [UnreadablePicture] = []
  /// Files that are no pictures, by their paths.
  private var others: [String] = []
  private var notes: [String] = []
  private var groups: [String: Int]?
  private var groupCount = 0
  private let folder: Folder

  /// Folders that are parts, not classes.
  private enum Part: CaseIterable {
    case training, validation, test

    var names: [String] {
      switch self {
      case .training: ["train", "training"]
      case .validation: ["validation", "val", "valid"]
      case .test: ["test", "testing"]
      }
    }
  }

  /// Files with these endings are decoded, whatever they then turn out to be.
  private static let endings = [
    "png", "jpg", "jpeg", "jpe", "jfif", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif",
    "avif",
    "jp2", "jxl", "ppm", "pgm",
  ]
  /// A link that led to a folder above it would never end; without links no sensible tree is as deep.
  private static let deepest = 32
  private static let mostClasses = 256

  /// Lists the pictures in `folder`; those below one folder of a class are one group if `isGrouped`.
  ///
  /// Throws a `DatasetError` if these are not two to 256 classes with pictures for each.
  init(_ folder: Folder, isGrouped: Bool) throws {
    self.folder = folder
    groups = isGrouped ? [:] : nil
    let top = try list(folder, "")
    // Files beside the folders of classes belong to none.
    others += top.files
    if let parts = try parts(among: top.folders) {
      for (part, name) in parts {
        guard let partFolder = try folder.folder(name) else { continue }
        let entries = try list(partFolder, name + "/")
        others += entries.files.map { "\(name)/\($0)" }
        switch part {
        case .training: training = try readClasses(entries.folders, under: name + "/")
        case .validation: validation = try readPart(entries.folders, under: name + "/")
        case .test: test = try readPart(entries.folders, under: name + "/")
        }
      }
    } else {
      training = try readClasses(top.folders, under: "")
    }
    if isGrouped, groups?.isEmpty != false { throw DatasetError(folder.path, .noGroupFolders) }
  }

  /// What a user should know about the folder.
  var allNotes: [String] {
    notes
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

  // MARK: parts and classes

  /// The folder of each part; nil if the folders are classes.
  private func parts(among folders: [String]) throws -> [(Part, String)]? {
    let names = Part.allCases.flatMap(\.names)
    let isPart = folders.filter { names.contains($0.lowercased()) }
    let training = folders.filter { Part.training.names.contains($0.lowercased()) }
    if let name = training.first {
      // Trains may be a class of vehicles: its pictures lie in it, and no folders of classes.
      let entries = try folder.folder(name)?.entries() ?? []
      if entries.contains(where: { $0.kind == .file && isPicture($0.name) }),
        !entries.contains(where: { $0.kind == .folder })
      {
        return nil
      }
    } else if isPart.isEmpty || isPart.count < folders.count {
      return nil
    }
    guard isPart.count == folders.count else {
      throw DatasetError(
        folder.path, .foldersBesideParts(folders.filter { !isPart.contains($0) }, isPart))
    }
    return try Part.allCases.compactMap { part in
      let found = folders.filter { part.names.contains($0.lowercased()) }
      guard found.count <= 1 else { throw DatasetError(folder.path, .partTwice(found)) }
      if part == .training, found.isEmpty {
        throw DatasetError(folder.path, .noTrainingFolder(folders))
      }
      return found.first.map { (part, $0) }
    }
  }

  private mutating func readClasses(_ names: [String], under prefix: String) throws -> [PictureFile]
  {
    guard names.count >= 2 else {
      if !unreadable.isEmpty {
        throw DatasetError(
          folder.path, .unreadablePictures(unreadable, of: unreadable.count))
      }
      let hasPictures = others.contains(where: isPicture)
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
    guard empty.isEmpty else { throw DatasetError(folder.path, .emptyClasses(empty, prefix)) }
    return files
  }

  /// The pictures of a part other than training, whose classes are those of training.
  private mutating func readPart(_ names: [String], under prefix: String) throws -> [PictureFile] {
    var files: [PictureFile] = []
    var present: Set<Int> = []
    for name in names {
      guard let label = classNames.firstIndex(of: name) else {
        throw DatasetError(folder.path, .untrainedClass(prefix + name))
      }
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
    var found: [(path: String, group: String?)] = []
    try collect(classFolder, prefix + name + "/", group: nil, depth: 0, into: &found)
    found.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    files += found.map { PictureFile(path: $0.path, label: label, group: number(of: $0.group)) }
  }

  /// The number of a group; a picture in none is one of its own.
  private mutating func number(of group: String?) -> Int? {
    guard groups != nil else { return nil }
    if let group, let known = groups?[group] { return known }
    defer { groupCount += 1 }
    if let group { groups?[group] = groupCount }
    return groupCount
  }

  private mutating func collect(
    _ current: Folder, _ prefix: String, group: String?, depth: Int,
    into found: inout [(path: String, group: String?)]
  ) throws {
    guard depth < Self.deepest else { throw DatasetError(folder.path, .tooDeep(prefix)) }
    let (folders, files) = try list(current, prefix)
    for file in files {
      if isPicture(file) {
        found.append((prefix + file, group))
      } else {
        others.append(prefix + file)
      }
    }
    for name in folders {
      guard let inner = try current.folder(name) else { continue }
      try collect(
        inner, prefix + name + "/", group: group ?? name, depth: depth + 1, into: &found)
    }
  }

  private func isPicture(_ path: String) -> Bool {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 && Self.endings.contains(parts[parts.count - 1].lowercased())
  }

  /// The folders and files in `current`, by code point, without hidden ones. Links and names that are not UTF-8 are
  /// unreadable pictures.
  private mutating func list(
    _ current: Folder, _ prefix: String
  ) throws -> (folders: [String], files: [String]) {
    var (folders, files) = ([String](), [String]())
    for (name, kind) in try current.entries() {
      // What is no UTF-8 was replaced by this character, and there is no such file.
      if name.unicodeScalars.contains("\u{FFFD}"), current.kind(of: name) == nil {
        unreadable.append(
          UnreadablePicture(path: prefix + name, reason: "its name is not UTF-8; rename it"))
        continue
      }
      switch kind {
      case .folder: folders.append(name)
      case .file: files.append(name)
      case .link:
        unreadable.append(
          UnreadablePicture(
            path: prefix + name, reason: "a link, which is not followed; copy what it leads to"))
      case .other where isPicture(name):
        unreadable.append(
          UnreadablePicture(path: prefix + name, reason: "it is not a regular file"))
      case .other: others.append(prefix + name)
      }
    }
    folders.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return (folders, files)
  }
}
