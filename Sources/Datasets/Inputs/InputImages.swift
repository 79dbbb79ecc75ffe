import Diagnostics
import Files
import Tensors

/// Images to predict, read from files and prepared for a network.
package struct InputImages: Sendable {
  /// The images, with labels that mean nothing: a network asks for them, and nobody knows them.
  private let images: LabelledImages
  private let imageShape: ImageShape
  /// The name of each image: its file's, with its number in brackets where the file has several.
  package let names: [String]
  /// The place of each image among all that were given, from 0; those that cannot be read have places, too.
  package let places: [Int]
  /// The inputs, or pictures in them, that cannot be read.
  package let problems: [DatasetError]
  /// Facts that a user should know, a sentence each.
  package let notes: [String]

  /// Number of images that could be read.
  package var count: Int { names.count }

  /// Reads the files and folders `paths`, in their order.
  package init(_ paths: [String], _ preparation: ImagePreparation) {
    var reading = InputReading(preparation)
    var notes: [String] = []
    for path in paths {
      do {
        let (contents, newNotes) = try InputCatalog.kind(of: path).read(path, preparation)
        reading.add(contents)
        notes += newNotes
      } catch {
        reading.add([.problem(DatasetError(input: path, error))])
      }
    }
    reading.readPictures()
    imageShape = preparation.imageShape
    names = reading.names
    places = reading.places
    problems = reading.problems
    self.notes = notes
    let parts = reading.parts
    let byteCount = parts.reduce(0) { $0 + $1.count }
    images = LabelledImages(
      images: parts.count == 1
        ? parts[0]
        : PixelStorage(byteCount: byteCount) { memory in
          var rest = memory[...]
          for part in parts {
            UnsafeMutableRawBufferPointer(rebasing: rest).copyMemory(from: part.bytes)
            rest = rest.dropFirst(part.count)
          }
        },
      labels: [UInt8](repeating: 0, count: reading.names.count))
  }

  /// The images as a network reads them that was trained with this `scaling` on the classes `classNames`.
  package func samples(_ scaling: PixelScaling, classNames: [String]) -> ImageSamples {
    ImageSamples(
      images, at: Array(0..<count), imageShape: imageShape, classNames: classNames,
      scaling: scaling)
  }
}

/// The images that have been read so far.
private struct InputReading {
  private(set) var parts: [PixelStorage] = []
  private(set) var names: [String] = []
  private(set) var places: [Int] = []
  private(set) var problems: [DatasetError] = []
  private let preparation: ImagePreparation
  /// Pictures that are still to be read, all at once on all cores: before anything that comes after them is added, so
  /// that images keep their order.
  private var pictures: [PictureInput] = []
  /// The number of images that were given so far.
  private var count = 0

  init(_ preparation: ImagePreparation) { self.preparation = preparation }

  mutating func add(_ contents: [InputContent]) {
    for content in contents {
      switch content {
      case .picture(let picture): pictures.append(picture)
      case .images(let array):
        readPictures()
        add(array)
      case .problem(let problem):
        readPictures()
        problems.append(problem)
        count += 1
      }
    }
  }

  /// Reads the pictures that were added.
  mutating func readPictures() {
    add(pictures.map(\.name)) { [pictures, preparation] index throws(DatasetError) in
      let picture = pictures[index]
      return try preparation.image(decoding: picture.bytes(), picture.name)
    }
    pictures = []
  }

  private mutating func add(_ array: ImageArray) {
    do {
      try preparation.check(array.shape, of: array.path)
    } catch {
      problems.append(error)
      count += array.count
      return
    }
    let names = (0..<array.count).map { "\(array.path)[\($0)]" }
    guard preparation.keeps(array.shape) else {
      add(names) { [preparation] index throws(DatasetError) in
        try preparation.image(of: array.picture(at: index), names[index])
      }
      return
    }
    let byteCount = joinedByteCount(with: array.pixels.count)
    guard FreeMemory.hasRoom(for: byteCount) else {
      problems.append(DatasetError(array.path, .tooLarge(byteCount: byteCount)))
      count += array.count
      return
    }
    parts.append(array.pixels)
    self.names += names
    places += count..<count + names.count
    count += names.count
  }

  /// The bytes of one array of all parts and of `byteCount` more; 0 where there are no other parts, so that none is made.
  private func joinedByteCount(with byteCount: Int) -> Int {
    parts.isEmpty ? 0 : parts.reduce(byteCount) { $0 + $1.count }
  }

  /// Adds the images called `names` that `image` makes, on all cores.
  private mutating func add(
    _ names: [String], _ image: @Sendable (Int) throws(DatasetError) -> [UInt8]
  ) {
    guard !names.isEmpty else { return }
    // Twice: each on its own, then one after the other.
    let own = names.count * preparation.imageShape.elementCount
    let byteCount = 2 * own + joinedByteCount(with: own)
    guard FreeMemory.hasRoom(for: byteCount) else {
      let place = names[0] + (names.count == 1 ? "" : " and \(names.count - 1) more")
      problems.append(DatasetError(place, .tooLarge(byteCount: byteCount)))
      count += names.count
      return
    }
    // Large pictures take long: no thread should have many of them before it when others are done.
    let results = Array(names.indices).concurrentMap(portion: 4) {
      index -> Result<[UInt8], DatasetError> in
      do throws(DatasetError) { return .success(try image(index)) } catch { return .failure(error) }
    }
    var images: [[UInt8]] = []
    for (name, result) in zip(names, results) {
      switch result {
      case .success(let image):
        images.append(image)
        self.names.append(name)
        places.append(count)
      case .failure(let problem): problems.append(problem)
      }
      count += 1
    }
    parts.append(
      PixelStorage(byteCount: images.count * preparation.imageShape.elementCount) { memory in
        var rest = memory[...]
        for image in images {
          UnsafeMutableRawBufferPointer(rebasing: rest).copyBytes(from: image)
          rest = rest.dropFirst(image.count)
        }
      })
  }
}

extension DatasetError {
  /// The `error` of reading the input `path`, in words that fit inputs.
  fileprivate init(input path: String, _ error: any Error) {
    switch error {
    case let error as DatasetError where error.problem == .missing:
      self.init(path, .noSuchInput)
    case let error as DatasetError where error.problem == .empty: self.init(path, .noImages)
    case let error as DatasetError: self = error
    case let error as StorageError: self.init(error.path, .unreadableInput(error))
    default: self.init(path, .unreadableInput("\(error)"))
    }
  }
}
