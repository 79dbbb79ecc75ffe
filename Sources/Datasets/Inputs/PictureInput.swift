import Files

/// A picture file that is still to be read.
struct PictureInput: Sendable {
  /// The path by which a user knows it.
  let name: String
  /// The folder below which it lies at `path`, where no link is followed; nil if the user named the file itself.
  let folder: Folder?
  let path: String

  /// All of its bytes.
  func bytes() throws(DatasetError) -> [UInt8] {
    let limit = PictureReader.largestFile
    do throws(StorageError) {
      guard let folder else { return try Storage.read(path, limit: limit) }
      return try folder.read(path, limit: limit)
    } catch {
      throw DatasetError(name, .unreadableInput(error))
    }
  }
}

extension PictureInput: InputKind {
  static let name = "PNG and JPEG pictures"

  /// True for every file: whatever is of no other kind can only be one, or is damaged.
  static func matches(_ path: String, start: [UInt8]?) -> Bool { start != nil }

  static func read(
    _ path: String, _ preparation: ImagePreparation
  ) -> (contents: [InputContent], notes: [String]) {
    ([.picture(PictureInput(name: path, folder: nil, path: path))], [])
  }
}
