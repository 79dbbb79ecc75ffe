import Files
import Tensors
import TextLayout

/// A picture file of a dataset.
struct PictureFile: Sendable {
  /// Its path below the dataset's folder.
  let path: String
  let label: UInt8
  /// The name of its group; nil if nothing groups the pictures.
  let group: String?
}

/// A picture file that cannot be read.
struct UnreadablePicture: Sendable {
  /// Its path below the dataset's folder.
  let path: String
  let reason: String
}

/// Reads the pictures of a dataset, all of which become images of one shape.
struct PictureReader {
  private let folder: Folder
  private let fields: PictureFields
  private var unreadable: [UnreadablePicture]
  private var transparentCount = 0
  /// The first picture that was read, whose shape the others must have.
  private var first: (path: String, shape: ImageShape)?

  /// The largest picture file that is read.
  static let largestFile = 1 << 28
  /// Pictures from which on a line says what takes so long.
  private static let many = 2000

  /// A reader of pictures in `folder`, of which `unreadable` are known to be so.
  init(_ folder: Folder, _ fields: PictureFields, unreadable: [UnreadablePicture] = []) {
    self.folder = folder
    self.fields = fields
    self.unreadable = unreadable
  }

  /// What became of a file.
  private enum Outcome: Sendable {
    case read(isTransparent: Bool)
    case otherShape(ImageShape)
    case unreadable(String)
    /// Something else than the file was in the way.
    case failed(any Error)
  }

  /// Reads the pictures of each part on all cores. Pictures that cannot be read are left out, or an error, as the fields
  /// say.
  ///
  /// Throws a `DatasetError` also if the pictures do not agree in size or colours, if none of them can be read, or if
  /// there is no memory for them. What may be otherwise the next time, such as a missing permission, always is an error.
  mutating func read(
    _ parts: [[PictureFile]], _ report: (String) -> Void
  ) throws -> (shape: ImageShape, parts: [LabelledImages], notes: [String]) {
    let known = unreadable
    let count = parts.reduce(0) { $0 + $1.count }
    guard let shape = try findShape(parts) else {
      throw DatasetError(folder.path, .unreadablePictures(unreadable, of: count + known.count))
    }
    let (byteCount, isTooLarge) = count.multipliedReportingOverflow(by: shape.elementCount)
    guard !isTooLarge, FreeMemory.hasRoom(for: byteCount) else {
      throw DatasetError(folder.path, .tooManyPictures(count, of: shape))
    }
    if count >= Self.many { report("decoding \(count) pictures of \(folder.path)") }
    unreadable = known
    let images = try parts.map { try read($0, as: shape) }
    if !unreadable.isEmpty, fields.onError == .fail {
      throw DatasetError(
        folder.path, .unreadablePictures(unreadable, of: count + known.count))
    }
    return (shape, images, notes)
  }

  /// The shape of the first picture that can be read.
  private mutating func findShape(_ parts: [[PictureFile]]) throws -> ImageShape? {
    for file in parts.joined() {
      switch try picture(file) {
      case .success(let picture):
        first = (file.path, picture.shape)
        return picture.shape
      case .failure(let error):
        unreadable.append(UnreadablePicture(path: file.path, reason: error.reason))
      }
    }
    return nil
  }

  private mutating func read(_ files: [PictureFile], as shape: ImageShape) throws -> LabelledImages
  {
    let size = shape.elementCount
    var kept: [Int] = []
    let images = try PixelStorage(atMost: files.count * size) { memory in
      func image(_ place: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: memory[place * size..<(place + 1) * size])
      }
      for (place, outcome) in outcomes(of: files, as: shape, in: memory).enumerated() {
        switch outcome {
        case .read(let isTransparent):
          // Those behind a picture that is left out close the gap.
          if kept.count < place { image(kept.count).copyMemory(from: .init(image(place))) }
          kept.append(place)
          if isTransparent { transparentCount += 1 }
        case .unreadable(let reason):
          unreadable.append(UnreadablePicture(path: files[place].path, reason: reason))
        case .otherShape(let other): try refuse(files[place].path, other)
        case .failed(let error): throw error
        }
      }
      return kept.count * size
    }
    let groups = kept.compactMap { files[$0].group }
    return LabelledImages(
      images: images, labels: kept.map { files[$0].label }, names: kept.map { files[$0].path },
      groups: groups.count == kept.count && !kept.isEmpty ? groups : nil)
  }

  /// Reads `files` on all cores, each into its place in `memory`.
  private func outcomes(
    of files: [PictureFile], as shape: ImageShape, in memory: UnsafeMutableRawBufferPointer
  ) -> [Outcome] {
    nonisolated(unsafe) let memory = memory
    let size = shape.elementCount
    // Large pictures take long: no thread should have many of them before it when others are done.
    return Array(files.enumerated()).concurrentMap(portion: 4) { place, file in
      do {
        switch try picture(file) {
        case .failure(let error): return .unreadable(error.reason)
        case .success(let picture) where picture.shape != shape: return .otherShape(picture.shape)
        case .success(let picture):
          UnsafeMutableRawBufferPointer(rebasing: memory[place * size..<(place + 1) * size])
            .copyBytes(from: picture.pixels)
          return .read(isTransparent: picture.isTransparent)
        }
      } catch {
        return .failed(error)
      }
    }
  }

  /// The picture in a file as the fields want it, or the defect of the file. Throws what is no defect of it.
  private func picture(_ file: PictureFile) throws -> Result<Picture, PictureError> {
    do {
      return .success(try fields.picture(folder.read(file.path, limit: Self.largestFile)))
    } catch let error as StorageError where error.isLasting {
      return .failure(PictureError(error.reason))
    } catch let error as PictureError where error.isDefect {
      return .failure(error)
    } catch let error as PictureError {
      throw DatasetError(folder.path(of: file.path), .noMemoryForPicture(reason: error.reason))
    }
  }

  private func refuse(_ path: String, _ shape: ImageShape) throws(DatasetError) {
    guard let first else { preconditionFailure("the shape is that of the first picture") }
    throw DatasetError(
      folder.path,
      first.shape.channels == shape.channels
        ? .mixedSizes(first.path, first.shape, path, shape)
        : .mixedColors(first.path, first.shape, path, shape))
  }

  /// What a user should know about the pictures that were read.
  private var notes: [String] {
    var notes: [String] = []
    if !unreadable.isEmpty {
      notes.append(
        "\(counted(unreadable.count, "picture")) cannot be read and \(unreadable.count == 1 ? "was" : "were") left out: "
          + listed(unreadable.map(\.path), most: 5))
    }
    if transparentCount > 0 {
      notes.append(
        "\(counted(transparentCount, "picture")) with transparent pixels: behind them is the background, \(fields.background)"
      )
    }
    return notes
  }
}

extension DatasetError.Problem {
  static func unreadablePictures(_ pictures: [UnreadablePicture], of count: Int) -> Self {
    let most = 20
    let lines = pictures.prefix(most).map {
      "\n  \($0.path.withoutControlCharacters): \($0.reason.withoutControlCharacters)"
    }
    let rest = pictures.count > most ? "\n  and \(pictures.count - most) more" : ""
    return Self(
      "\(pictures.count) of \(counted(count, "picture")) cannot be read:\(lines.joined())\(rest)",
      hint: "mend or remove them, or leave them out with 'on_error: skip'")
  }

  static func noMemoryForPicture(reason: String) -> Self {
    Self(
      reason, hint: "give the process more memory (see 'ulimit -v'), or shrink the picture",
      exitStatus: .runFailed)
  }

  static func tooManyPictures(_ count: Int, of shape: ImageShape) -> Self {
    Self(
      "no memory for \(counted(count, "picture")) of \(shape), \(shape.elementCount) bytes each",
      hint: "choose a smaller 'image_size', or give the process more memory (see 'ulimit -v')",
      exitStatus: .runFailed)
  }

  static func mixedSizes(
    _ one: String, _ size: ImageShape, _ other: String, _ otherSize: ImageShape
  ) -> Self {
    Self(
      "its pictures have several sizes: \(one.withoutControlCharacters) is \(size.height)×\(size.width), but \(other.withoutControlCharacters) is \(otherSize.height)×\(otherSize.width) (height × width)",
      hint: "resize them with 'image_size', such as 'image_size: [64, 64]'")
  }

  static func mixedColors(
    _ one: String, _ shape: ImageShape, _ other: String, _ otherShape: ImageShape
  ) -> Self {
    let modes = [shape, otherShape].map { ColorMode(channels: $0.channels).rawValue }
    return Self(
      "some of its pictures are grey, others in colours: \(one.withoutControlCharacters) is \(modes[0]), but \(other.withoutControlCharacters) is \(modes[1])",
      hint: "choose 'color_mode: rgb' or 'color_mode: grayscale'")
  }
}
