import Files
import Glibc
import Tensors
import TextLayout

/// Something that an input holds to predict.
enum InputContent: Sendable {
  case picture(PictureInput)
  case images(ImageArray)
  /// A picture that cannot be read.
  case problem(DatasetError)
}

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

/// Images of one size in a file.
struct ImageArray: Sendable {
  /// The file.
  let path: String
  /// Size of each image.
  let shape: ImageShape
  let pixels: PixelStorage

  var count: Int { pixels.count / shape.elementCount }

  /// The image at `index`.
  func picture(at index: Int) -> Picture {
    let size = shape.elementCount
    return Picture(shape, pixels: pixels[index * size..<(index + 1) * size])
  }
}

extension InputContent {
  /// The images in the file or folder `path`, and notes about it for the user. What kind of file it is, its first bytes
  /// say; only tables are known by their names.
  static func of(
    _ path: String, _ preparation: ImagePreparation
  ) throws -> (contents: [InputContent], notes: [String]) {
    if Storage.isFolder(path) { return try pictures(in: path) }
    switch try InputKind(of: path) {
    case .picture: return ([.picture(PictureInput(name: path, folder: nil, path: path))], [])
    case .idx: return ([.images(try ImageArray(idx: path))], [])
    case .npz:
      let (array, notes) = try ImageArray.read(npz: path)
      return ([.images(array)], notes)
    case .table: return (try UnlabelledTable(path, preparation).contents, [])
    }
  }

  private static func pictures(
    in path: String
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
        switch try? InputKind(of: file) {
        case .table, .npz, .idx: true
        case .picture, nil: false
        }
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

/// The formats of files that hold images to predict.
private enum InputKind {
  case picture, table, npz, idx

  init(of path: String) throws {
    let file = try InputFile(path: path)
    let start = try [UInt8](unsafeUninitializedCapacity: 6) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    if start.starts(with: "PK\u{3}\u{4}".utf8) || start.starts(with: "PK\u{5}\u{6}".utf8) {
      self = .npz
    } else if start.starts(with: [0x93] + Array("NUMPY".utf8)) {
      throw DatasetError(path, .singleArray)
    } else if start.count >= 4, start[0] == 0, start[1] == 0, 8...14 ~= start[2], 1...4 ~= start[3]
    {
      self = .idx
    } else {
      self = UnlabelledTable.isNamed(path) ? .table : .picture
    }
  }
}

extension ImageArray {
  /// The images in the IDX file `path`.
  fileprivate init(idx path: String) throws {
    let file = try IDXFile(path: path, content: .images)
    try DatasetError.requireMemory(file.byteCount, for: path)
    self.init(
      path: path, shape: file.imageShape,
      pixels: try PixelStorage(byteCount: file.byteCount) { try file.read(into: $0) })
  }

  /// The images in the archive `path`: its test images, as datasets name them, with a note if there are others; or the
  /// only array that could be images.
  fileprivate static func read(npz path: String) throws -> (ImageArray, notes: [String]) {
    let file = try NPZFile(path: path)
    let (name, others) = try file.unlabelledImages()
    let shape = try file.imageShape(of: name).shape
    let note =
      "\(path): only '\(name)' is predicted, not \(listed(others.map { "'\($0)'" }, most: 5))"
    return (
      ImageArray(path: path, shape: shape, pixels: try file.images(name)),
      others.isEmpty ? [] : [note]
    )
  }
}

extension NPZFile {
  /// The name of the array of images to predict, and of the others that could be images.
  fileprivate func unlabelledImages() throws -> (name: String, others: [String]) {
    let candidates = arrays.filter { [3, 4].contains($0.header.shape.count) }.map(\.name)
    if let test = Self.testImageNames.first(where: { self[$0] != nil }) {
      return (test, candidates.filter { $0 != test })
    }
    guard candidates.count <= 1 else {
      throw DatasetError(path, .severalImageArrays(candidates, test: Self.testImageNames))
    }
    guard let name = candidates.first ?? arrays.first?.name else {
      throw DatasetError(path, .noImages)
    }
    return (name, [])
  }
}

extension DatasetError.Problem {
  static let noSuchInput = Self("no such file or folder", hint: .inputKinds)

  static let noImages = Self("holds no images", hint: "there is nothing to predict in it")

  static let noPictures = Self(
    "has no pictures", hint: "pictures are files that end in .png, .jpg or .jpeg")

  static func fileToBeNamed(_ path: String) -> Self {
    Self(
      "has no pictures", hint: "of a folder only pictures are taken; name the file itself: \(path)")
  }

  static let singleArray = Self(
    "a single NumPy array", hint: "save it in an archive: numpy.savez('images.npz', images)")

  static func severalImageArrays(_ names: [String], test: [String]) -> Self {
    Self(
      "has several arrays that could be the images: \(listed(names, most: 10))",
      hint: "call those to predict \(test.map { "'\($0)'" }.joined(separator: " or "))")
  }

  static func unreadableInput(_ error: StorageError) -> Self {
    if error.isMissing { return noSuchInput }
    return error.code == EACCES ? unreadable(reason: error.reason) : unreadableInput(error.reason)
  }
}
