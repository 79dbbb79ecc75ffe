import Datasets
import Tensors
import Testing

/// Test sets without training images, or of a single class, which networks are scored on but not trained with.
@Suite struct TestSetAloneTests {
  private let folder: TestFolder
  private let digits = (0...9).map(String.init)

  init() throws { folder = try TestFolder() }

  private func set(_ dataset: String) throws -> TestSet {
    try testSet("{dataset: {\(dataset)}}", cachedIn: folder)
  }

  private func png(_ value: UInt8) throws -> [UInt8] {
    try Picture(.init(height: 2, width: 3, channels: 1), filledWith: value).encodedPNG()
  }

  // MARK: npz

  @Test func `an npz with test arrays only, of one class`() throws {
    let set = try set("type: npz, path: '\(fixture("test-alone.npz"))'")
    #expect(set.count == 3)
    #expect(set.imageShape == ImageShape(height: 2, width: 3, channels: 1))
    #expect(try set.labels(in: digits) == [7, 7, 7])
  }

  @Test func `an npz with the arrays x and y`() throws {
    let set = try set("type: npz, path: '\(fixture("plain.npz"))'")
    #expect(try set.labels(in: ["0", "1", "2"]) == [2, 0, 1])
  }

  @Test func `numbered classes by their names`() throws {
    let names = "class_names: [a, b, c, d, e, f, g, h]"
    let set = try set("type: npz, path: '\(fixture("test-alone.npz"))', \(names)")
    #expect(
      set.notes == [
        "labels may count from 0, so that 7 is class 'h', or from 1, so that it is 'g': those that a network was trained on decide"
      ])
    let known = ["a", "b", "c", "d", "e", "f", "g", "h"]
    // The second time from the cache.
    for _ in 0..<2 {
      let set = try self.set("type: npz, path: '\(fixture("test-alone.npz"))', \(names)")
      #expect(try set.labels(in: known, from: 0) == [7, 7, 7])
      #expect(try set.labels(in: known, from: 1) == [6, 6, 6])
    }
    // A network whose labels numbered other classes, or none, tells nothing.
    for (others, first) in [(["h", "a"], 0), (known, nil), (known, 5), (known, -1)] {
      let error = try datasetError { try set.labels(in: others, from: first) }
      #expect(error.message.hasPrefix("its labels 7 to 7 may count from 0, so that 7 is 'h', or"))
      #expect(
        error.hint
          == "if they count from 1, give 'class_names' no more than the first 7 names; if from 0, "
          + "subtract 7 from each and leave out the first 7 names")
      #expect(set.digest(classNames: others, firstLabel: first, imageShape: [2, 3, 1]) == nil)
    }
    #expect(
      set.digest(classNames: known, firstLabel: 0, imageShape: [2, 3, 1])
        != set.digest(classNames: known, firstLabel: 1, imageShape: [2, 3, 1]))
    let first = try self.set(
      "type: npz, path: '\(fixture("test-alone.npz"))', class_names: [a, b, c, d, e, f, g]")
    #expect(first.notes == ["labels count from 1: label 7 is class 'g'"])
    #expect(try first.labels(in: ["g", "a"], from: 0) == [0, 0, 0])
    let error = try datasetError { try first.labels(in: ["a", "b"]) }
    #expect(error.message == "the network does not know the class 'g'")
    let few = try datasetError {
      try self.set("type: npz, path: '\(fixture("test-alone.npz"))', class_names: [a, b]")
    }
    #expect(few.message == "its labels go up to 7, but 'class_names' has 2 names")
  }

  @Test func `images to train on are scored with a note, if there are others for validation`()
    throws
  {
    for part in ["train", "val"] {
      for name in ["oak", "elm"] { try folder.write(png(1), to: "trees/\(part)/\(name)/x.png") }
    }
    let set = try set("type: image_folder, path: '\(folder.path)/trees'")
    #expect(!set.isWholeDataset)
    #expect(
      set.notes.contains(
        "the dataset has no images for the final score: those to train on are scored"))
  }

  @Test func `the test part of a whole npz is taken, and scored in its cached form again`() throws {
    for _ in 0..<2 {
      let set = try set("type: npz, path: '\(fixture("keras.npz"))'")
      #expect(!set.isWholeDataset)
      #expect(try set.labels(in: ["0", "1", "2"]) == [2, 0, 1])
    }
  }

  @Test(arguments: ["unnamed", "no-y-test"])
  func `an npz without names that are known is an error`(name: String) throws {
    let error = try datasetError { try set("type: npz, path: '\(fixture("\(name).npz"))'") }
    #expect(
      error.message.hasPrefix(
        name == "unnamed"
          ? "has no array 'test_images', 'x_test' or 'x'; it has arr_0 (" : "has no array 'y_test'")
    )
  }

  // MARK: IDX

  @Test(arguments: [
    ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"), ("scans", "truth.bin"),
    ("mine-test-images-idx3-ubyte", "mine-test-labels-idx1-ubyte"),
  ])
  func `a pair of IDX files of any name, of one class`(images: String, labels: String) throws {
    try folder.write(idx([2, 2, 3], (0..<12).map { $0 }), to: "mine/\(images)", gzipped: true)
    try folder.write(idx([2], [4, 4]), to: "mine/\(labels)")
    try folder.write(Array("not IDX\n".utf8), to: "mine/README")
    let set = try set("type: idx, path: '\(folder.path)/mine'")
    #expect(set.count == 2)
    #expect(try set.labels(in: digits) == [4, 4])
  }

  @Test func `IDX files that make no pair are an error`() throws {
    try folder.write(idx([2, 2, 3], (0..<12).map { $0 }), to: "mine/scans")
    func problem() throws -> String {
      try datasetError { try set("type: idx, path: '\(folder.path)/mine'") }.message
    }
    #expect(try problem() == "holds no IDX file of images and one of labels")
    for name in ["a", "b"] { try folder.write(idx([2], [0, 1]), to: "mine/\(name)") }
    #expect(try problem() == "holds several files for one purpose: a, b")
  }

  // MARK: CSV

  @Test func `a CSV of one class`() throws {
    let path = try folder.write(Array("label,pixel0\noak,0\noak,9\n".utf8), to: "test.csv")
    let set = try set("type: csv, path: '\(path)', image_shape: [1, 1]")
    #expect(try set.labels(in: ["daisy", "oak"]) == [1, 1])
  }

  @Test func `a CSV of picture files of one class`() throws {
    try folder.write(png(1), to: "a.png")
    let path = try folder.write(Array("image,label\na.png,oak\n".utf8), to: "test.csv")
    let set = try set("type: csv, path: '\(path)', image: image")
    #expect(try set.labels(in: ["daisy", "oak"]) == [1])
  }

  @Test func `a class of pictures none of which can be read is passed over`() throws {
    try folder.write(png(1), to: "a.png")
    try folder.write([1, 2], to: "b.png")
    let path = try folder.write(
      Array("image,label\na.png,oak\nb.png,rose\n".utf8), to: "test.csv")
    let set = try set("type: csv, path: '\(path)', image: image, on_error: skip")
    #expect(try set.labels(in: ["daisy", "oak"]) == [1])
    #expect(set.notes == ["1 picture cannot be read and was left out: b.png"])
  }

  @Test func `a CSV without images is not said to be for training`() throws {
    let path = try folder.write(Array("label,pixel0\n".utf8), to: "test.csv")
    let error = try datasetError { try set("type: csv, path: '\(path)'") }
    #expect(error.message == "holds no images")
    #expect(!error.hint.contains("train"))
  }

  // MARK: folders

  @Test(arguments: ["", "test/", "val/"])
  func `a folder of one class, or with a test part only`(prefix: String) throws {
    for name in ["x.png", "y.png"] {
      try folder.write(png(1), to: "flowers/\(prefix)oak/\(name)")
    }
    let set = try set("type: image_folder, path: '\(folder.path)/flowers'")
    #expect(try set.labels(in: ["daisy", "oak"]) == [1, 1])
  }

  @Test func `classes without pictures are passed over`() throws {
    try folder.write(png(1), to: "flowers/oak/x.png")
    try folder.write([], to: "flowers/rose/.keep")
    let set = try set("type: image_folder, path: '\(folder.path)/flowers'")
    #expect(try set.labels(in: ["daisy", "oak"]) == [1])
  }

  @Test func `notes about pictures reach those who score`() throws {
    try folder.write(png(1), to: "flowers/oak/x.png")
    try folder.write([1], to: "flowers/oak/y.txt")
    let set = try set("type: image_folder, path: '\(folder.path)/flowers'")
    #expect(set.notes == ["1 file is no picture and was left out: oak/y.txt"])
  }

  // MARK: training

  @Test func `training needs what it needed`() throws {
    func training(_ dataset: any DatasetSpec) throws -> String {
      try datasetError { try dataset.load(from: cache(folder)) }.message
    }
    var arrays = NPZArrays()
    arrays.path = .init(fixture("test-alone.npz"))
    #expect(try training(arrays).hasPrefix("has no array 'train_images' or 'x_train'; it has "))
    try folder.write(idx([2, 2, 3], (0..<12).map { $0 }), to: "mine/t10k-images-idx3-ubyte")
    try folder.write(idx([2], [4, 4]), to: "mine/t10k-labels-idx1-ubyte")
    var files = IDXFolder()
    files.path = .init("\(folder.path)/mine")
    #expect(try training(files) == "no such file or folder")
    var table = CSVTable()
    table.path = .init(
      try folder.write(Array("label,pixel0\noak,0\noak,9\n".utf8), to: "test.csv"))
    #expect(try training(table) == "all training images are of one class; at least 2 are needed")
    try folder.write(png(1), to: "flowers/test/oak/x.png")
    var pictures = ImageFolder()
    pictures.path = .init("\(folder.path)/flowers")
    #expect(try training(pictures) == "has test, but no train/")
  }
}
