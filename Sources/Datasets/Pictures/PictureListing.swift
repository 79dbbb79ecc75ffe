import Files

/// A walk through a folder with pictures.
struct PictureListing {
  /// Files that look like pictures but cannot be opened, and closed folders that are passed over.
  private(set) var unreadable: [UnreadablePicture] = []
  /// Files that are no pictures, by their paths.
  var others: [String] = []
  private let folder: Folder
  private let passesOverClosedFolders: Bool

  /// A picture below the folder that was walked through.
  struct Entry {
    /// Its path below the folder of the listing.
    let path: String
    /// The highest folder on its way; nil if it lies in none.
    let group: String?
  }

  /// Files with these endings are decoded, whatever they then turn out to be.
  private static let endings = [
    "png", "jpg", "jpeg", "jpe", "jfif", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif",
    "avif",
    "jp2", "jxl", "ppm", "pgm",
  ]
  /// A link that led to a folder above it would never end; without links no sensible tree is as deep.
  private static let deepest = 32

  /// A walk through `folder`. A folder that cannot be listed ends it, unless it `passesOverClosedFolders`, which then
  /// count as unreadable pictures.
  init(_ folder: Folder, passesOverClosedFolders: Bool = false) {
    self.folder = folder
    self.passesOverClosedFolders = passesOverClosedFolders
  }

  /// Whether the name of a file is that of a picture.
  static func isPicture(_ path: String) -> Bool {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 && endings.contains(parts[parts.count - 1].lowercased())
  }

  /// The pictures below `current`, whose path is `prefix`, in the order of their paths.
  mutating func pictures(below current: Folder, _ prefix: String) throws -> [Entry] {
    var found: [Entry] = []
    try collect(current, prefix, group: nil, depth: 0, into: &found)
    return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func collect(
    _ current: Folder, _ prefix: String, group: String?, depth: Int, into found: inout [Entry]
  ) throws {
    guard depth < Self.deepest else { throw DatasetError(folder.path, .tooDeep(prefix)) }
    let (folders, files) = try list(current, prefix)
    for file in files {
      if Self.isPicture(file) {
        found.append(Entry(path: prefix + file, group: group))
      } else {
        others.append(prefix + file)
      }
    }
    for name in folders {
      do {
        guard let inner = try current.folder(name) else { continue }
        try collect(
          inner, prefix + name + "/", group: group ?? name, depth: depth + 1, into: &found)
      } catch let error as StorageError where passesOverClosedFolders {
        unreadable.append(UnreadablePicture(path: prefix + name, reason: error.reason))
      }
    }
  }

  /// The folders and files in `current`, by code point, without hidden ones. Links and names that are not UTF-8 are
  /// unreadable pictures.
  mutating func list(
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
      case .other where Self.isPicture(name):
        unreadable.append(
          UnreadablePicture(path: prefix + name, reason: "it is not a regular file"))
      case .other: others.append(prefix + name)
      }
    }
    folders.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return (folders, files)
  }
}
