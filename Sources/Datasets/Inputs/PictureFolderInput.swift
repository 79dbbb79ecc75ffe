import Files
import TextLayout

/// A folder with pictures in it, and in its folders.
enum PictureFolderInput: InputKind {
  static let name = "folders of pictures"

  static func matches(_ path: String, start: [UInt8]?) -> Bool { start == nil }

  static func read(
    _ path: String, _ preparation: ImagePreparation
  ) throws -> (contents: [InputContent], notes: [String]) {
    let folder = try Folder(path)
    let prefix = path.hasSuffix("/") ? path : path + "/"
    var listing = PictureListing(folder, passesOverClosedFolders: true)
    let found = try listing.pictures(below: folder, "").map { picture in
      (
        path: picture.path,
        content: InputContent.picture(
          PictureInput(name: prefix + picture.path, folder: folder, path: picture.path))
      )
    }
    let unreadable = listing.unreadable.map { picture in
      (
        path: picture.path,
        content: InputContent.problem(
          DatasetError(
            prefix + picture.path,
            .unreadableInput(
              picture.reason,
              hint:
                "pictures in folders are regular files with names in UTF-8, in folders that may be read"
            )))
      )
    }
    let others = listing.others
    guard !(found + unreadable).isEmpty else {
      // Enough to find those that lie there: a folder may have millions of files.
      let images = others.prefix(100).map { prefix + $0 }.first { file in
        (try? InputCatalog.kind(of: file)).map { $0 != PictureInput.self } ?? false
      }
      throw DatasetError(path, images.map { .fileToBeNamed($0) } ?? .noPictures)
    }
    let note =
      "\(path): \(counted(others.count, "file")) of other kinds left out: "
      + listed(others, most: 5)
    return (
      (found + unreadable).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        .map(\.content), others.isEmpty ? [] : [note]
    )
  }
}

extension DatasetError.Problem {
  static let noPictures = Self(
    "has no pictures", hint: "pictures are files that end in .png, .jpg or .jpeg")

  static func fileToBeNamed(_ path: String) -> Self {
    Self(
      "has no pictures", hint: "of a folder only pictures are taken; name the file itself: \(path)")
  }
}
