import Datasets
import Specs
import Tensors
import Testing

/// The files are NumPy's own, see `make_arrays.py`.
@Suite struct NPZArraysTests {
  private func dataset(_ path: String, classNames: [String]? = nil) -> NPZArrays {
    var dataset = NPZArrays()
    dataset.path = FilePath(path)
    dataset.classes.classNames = classNames
    return dataset
  }

  private let folder: TestFolder
  private let locations: DataLocations

  init() throws {
    folder = try TestFolder()
    locations = cache(folder)
  }

  private func load(_ name: String) throws -> LoadedDataset {
    try dataset(fixture("\(name).npz")).load(from: locations)
  }

  /// The pixels that the script gives an array.
  private func pixels(_ count: Int, from offset: Int = 0) -> [UInt8] {
    (0..<count).map { UInt8(($0 * 37 + offset) % 256) }
  }

  @Test(arguments: ["keras", "fortran", "versions"])
  func `Keras's names, in either order and byte order, in each version`(name: String) throws {
    let loaded = try load(name)
    #expect(loaded.imageShape == ImageShape(height: 2, width: 3, channels: 1))
    #expect(loaded.classNames == ["0", "1", "2"])
    #expect(Array(loaded.training.images) == pixels(36))
    #expect(loaded.training.labels == [0, 1, 2, 2, 1, 0])
    let test = try #require(loaded.test)
    #expect(Array(test.images) == pixels(18, from: 100))
    #expect(test.labels == [2, 0, 1])
    #expect(loaded.validation == nil)
    #expect(loaded.notes.isEmpty)
  }

  @Test func `MedMNIST's names, deflated, in colour, with a validation part`() throws {
    let loaded = try load("medmnist")
    #expect(loaded.imageShape == ImageShape(height: 2, width: 2, channels: 3))
    #expect(Array(loaded.training.images) == pixels(72))
    let validation = try #require(loaded.validation)
    #expect(Array(validation.images) == pixels(24, from: 50))
    #expect(validation.labels == [1, 1])
    #expect(loaded.test?.labels == [2, 0, 1])
  }

  @Test(arguments: ["keras", "medmnist", "one-based", "no-test"])
  func `a summary agrees with what is loaded`(name: String) throws {
    let dataset = dataset(fixture("\(name).npz"))
    #expect(try dataset.summarize(in: locations) == dataset.load(from: locations).summary)
  }

  @Test func `labels from 1 are classes from 0, which is said`() throws {
    let loaded = try load("one-based")
    #expect(loaded.classNames == ["1", "2", "3"])
    #expect(loaded.training.labels == [0, 1, 2, 2, 1, 0])
    #expect(loaded.test?.labels == [2, 0, 1])
    #expect(loaded.notes == ["labels 1 to 3 are classes 0 to 2"])
    #expect(try loaded.digest == load("keras").digest)
  }

  @Test func `classes have the names that are given`() throws {
    let names = ["cat", "dog", "bird"]
    let file = dataset(fixture("keras.npz"), classNames: names)
    #expect(try file.load(from: locations).classNames == names)
    #expect(try file.summarize(in: locations).classNames == names)
  }

  @Test func `a file need not have a test part`() throws {
    #expect(try load("no-test").test == nil)
  }

  @Test(arguments: [
    (
      "float",
      "array 'x_train' is of float64; images are bytes (uint8) from 0 to 255",
      "save it as bytes: (x_train * 255).round().astype('uint8') if its numbers are from 0 to 1"
    ),
    (
      "pickled",
      "array 'x_train' is pickled: it holds Python objects, which can run programs when they are read",
      "save it as numbers, such as numpy.stack(list(x_train)).astype('uint8')"
    ),
    (
      "no-y-test",
      "has no array 'y_test'; it has x_train (6×2×3 uint8), y_train (6 int64), x_test (3×2×3 uint8)",
      "name the arrays as Keras (x_train, y_train, x_test, y_test) or as MedMNIST (train_images, train_labels, val_images, …)"
    ),
    (
      "unnamed",
      "has no array 'train_images' or 'x_train'; it has arr_0 (6×2×3 uint8), arr_1 (6 int64)",
      "name the arrays as Keras"
    ),
    (
      "one-hot", "array 'y_train' is 6×3 uint8: more than one label for an image",
      "y_train.argmax(axis=1)"
    ),
    (
      "negative", "label -1 of image 0 in array 'y_train' is not between 0 and 255",
      "labels count from 0"
    ),
    ("text", "array 'y_train' is of text; labels are whole numbers", "numpy.unique"),
    (
      "float-labels", "array 'y_train' is of float32; labels are whole numbers",
      "y_train.astype('int64')"
    ),
    (
      "channels-first",
      "array 'x_train' is 6×3×2×4 uint8; images are N×height×width, or N×height×width×channels with 1 or 3 channels",
      "put the channels last: x_train.transpose(0, 2, 3, 1)"
    ),
    (
      "flat", "array 'x_train' is 6×6 uint8; images are N×height×width, or",
      "x_train.reshape(-1, 28, 28)"
    ),
    (
      "too-few-labels", "array 'y_train' holds 5 labels, but 'x_train' holds 6 images",
      "save images and labels"
    ),
    (
      "other-size", "the images of array 'x_test' are 4×4×1, those of 'x_train' 2×3×1",
      "must have one size"
    ),
  ])
  func `an array that will not do is named, with a way out`(
    name: String, message: String, hint: String
  ) throws {
    let error = try datasetError { try load(name) }
    #expect(error.path == fixture("\(name).npz"))
    #expect(error.message.hasPrefix(message))
    #expect(error.hint.contains(hint))
    #expect(
      try datasetError { try dataset(fixture("\(name).npz")).summarize(in: locations) } == error)
  }

  /// A copy of NumPy's stored file with the first `old` replaced.
  private func altered(_ old: String, _ new: String) throws -> String {
    var contents = try bytes(of: fixture("keras.npz"))
    let place = try #require(contents.firstRange(of: Array(old.utf8)))
    contents.replaceSubrange(place, with: Array(new.utf8))
    return try folder.write(contents, to: "altered.npz")
  }

  @Test(arguments: [
    ("(6, 2, 3)", "(9, 2, 3)", "its header announces 9×2×3 uint8, but 36 bytes follow"),
    ("(6, 2, 3)", "(6; 2, 3)", "its header is not what NumPy writes"),
    ("{'descr", "['descr", "its header is not what NumPy writes"),
    ("NUMPY", "NUMBY", "it does not begin as an array of NumPy does"),
  ])
  func `a damaged header is told before images are read`(
    old: String, new: String, reason: String
  ) throws {
    let path = try altered(old, new)
    let error = try datasetError { try dataset(path).summarize(in: locations) }
    #expect(error.message == "array 'x_train' is damaged: \(reason)")
  }

  @Test func `a changed pixel is found by the file's checksum`() throws {
    var contents = try bytes(of: fixture("keras.npz"))
    let pixels = try #require(contents.firstRange(of: pixels(36)))
    contents[pixels.lowerBound] = 1
    let path = try folder.write(contents, to: "changed.npz")
    #expect(try datasetError { try dataset(path).load(from: locations) }.message.contains("CRC"))
  }
}
