import Datasets
import Diagnostics
import Specs
import Tensors
import Testing

@Suite struct TestSetTests {
  private let folder: TestFolder
  private let shape = ImageShape(height: 1, width: 1, channels: 1)
  private let scaling = PixelScaling(shift: [0], divisor: [255])

  init() throws { folder = try TestFolder() }

  /// A set of images of one pixel, one of each of the classes `names`; `keys` are others of the section.
  private func testSet(of names: [String], _ keys: String = "") throws -> TestSet {
    let rows = names.map { "\($0),0\n" }.joined()
    let path = try folder.write(Array(("label,pixel0\n" + rows).utf8), to: "test.csv")
    return try DatasetsTests.testSet(
      "{dataset: {type: csv, path: '\(path)', image_shape: [1, 1]}\(keys)}", cachedIn: folder)
  }

  private func digits(_ keys: String) throws -> TestSet {
    try DatasetsTests.testSet(
      "{dataset: {type: synthetic_digits, training: 20, test: 10, size: 16}\(keys)}",
      cachedIn: folder)
  }

  private func labels(_ names: [String], in classNames: [String]) throws -> [Int] {
    try testSet(of: names).labels(in: classNames)
  }

  @Test func `classes are matched by name`() throws {
    #expect(try labels(["tulip", "daisy"], in: ["daisy", "rose", "tulip"]) == [2, 0])
  }

  @Test func `as many classes as labels can count are matched`() throws {
    let names = (0..<256).map { "c\($0)" }
    #expect(try labels(["c255", "c0"], in: names) == [255, 0])
  }

  @Test func `a class that the network does not know is named`() throws {
    let error = try datasetError { _ = try labels(["daisy", "oak"], in: ["daisy", "rose"]) }
    #expect(error.message == "the network does not know the class 'oak'")
    #expect(error.path == "a.yaml:1:11")
  }

  @Test func `a class of which there are no images need not be known`() throws {
    let path = try folder.write(
      Array("label,pixel0\noak,0\ndaisy,0\noak,9\n".utf8), to: "all.csv")
    let test = try folder.write(Array("label,pixel0\noak,0\n".utf8), to: "some.csv")
    let set = try DatasetsTests.testSet(
      "{dataset: {type: csv, path: '\(path)', test_path: '\(test)', image_shape: [1, 1]}}",
      cachedIn: folder)
    #expect(try set.labels(in: ["oak"]) == [0])
  }

  @Test func `without images for the final score all are taken`() throws {
    let set = try testSet(of: ["daisy", "oak", "oak"])
    #expect(set.isWholeDataset)
    #expect(set.count == 3)
    #expect(try !digits("").isWholeDataset)
    #expect(try digits("").count == 10)
  }

  @Test func `images that are held out for the final score are taken alone`() throws {
    let names = ["oak", "daisy", "oak", "daisy", "oak", "daisy", "daisy", "daisy", "daisy", "oak"]
    let set = try testSet(of: names, ", test: 4, split: last, validation: 2")
    #expect(!set.isWholeDataset)
    #expect(try set.labels(in: ["daisy", "oak"]) == [0, 0, 0, 1])
    #expect(set.notes == ["'test' holds out 4 of 10 images: only these are scored"])
  }

  @Test func `the digest tells images, and the numbers of their classes`() throws {
    func digest(_ set: TestSet, _ names: [String]) throws -> DataDigest.Part {
      let digest = try set.samples(
        for: "", classNames: names, firstLabel: nil, imageShape: shape, scaling: scaling
      ).digest
      #expect(set.digest(classNames: names, firstLabel: nil, imageShape: shape.lengths) == digest)
      #expect(set.digest(classNames: names, firstLabel: nil, imageShape: [9, 9, 3]) == nil)
      return digest
    }
    let set = try testSet(of: ["daisy", "oak", "oak"])
    let (one, other) = (
      try digest(set, ["daisy", "oak"]), try digest(set, ["oak", "rose", "daisy"])
    )
    // printf '\0\0\0' | sha256sum, and likewise of '\0\1\1' and '\2\0\0'.
    #expect(one.pixels == "709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c")
    #expect(other.pixels == one.pixels)
    #expect(one.labels == "fbb59ed10e9cd4ff45a12c5bb92cbd80df984ba1fe60f26a30febf218e2f0f5e")
    #expect(other.labels == "070b13c004e9475fa155cd84d90de9f87db1b7dea6707329638a6ce66043d246")
  }

  @Test func `images cannot be held out where there are test images, or too few`() throws {
    let own = #expect(throws: Diagnostic.self) { try digits(", test: 5") }
    #expect(own?.message == "the dataset has test images of its own, 10 of them")
    #expect(own?.location != nil)
    let more = #expect(throws: Diagnostic.self) { try testSet(of: ["oak", "daisy"], ", test: 3") }
    #expect(more?.message == "'test' takes 3 of 2 training images, so none are left")
    #expect(more?.location != nil)
  }

  @Test func `all images can be held out, since none are trained on`() throws {
    let set = try testSet(of: ["oak", "daisy"], ", test: 2")
    #expect(set.isWholeDataset)
    #expect(try set.labels(in: ["daisy", "oak"]) == [1, 0])
    #expect(set.notes == [])
  }

  @Test(arguments: ["validation: 24", "validation: own", "validation: 0.5"])
  func `no image is withheld from scoring by what is for training`(key: String) throws {
    for set in [try digits(", \(key)"), try testSet(of: ["oak", "oak"], ", \(key)")] {
      #expect(
        set.warnings.all.map(\.message) == ["'validation' changes nothing: nothing is chosen here"])
      #expect(set.warnings.all.allSatisfy { $0.location != nil })
    }
    #expect(try digits(", \(key)").count == 10)
    #expect(try testSet(of: ["oak", "oak"], ", \(key)").count == 2)
  }

  @Test func `held-out images are the same, whatever else is held out`() throws {
    let names = (0..<40).map { $0 % 3 == 0 ? "oak" : "daisy" }
    func digest(_ keys: String) throws -> DataDigest.Part? {
      try testSet(of: names, ", test: 0.2\(keys)").digest(
        classNames: ["daisy", "oak"], firstLabel: nil, imageShape: shape.lengths)
    }
    let alone = try digest("")
    #expect(alone?.count == 8)
    #expect(try digest(", validation: 0.25") == alone)
    #expect(try digest(", validation: 400") == alone)
  }

  @Test func `classes that cannot be matched are renamed where the dataset has their names`() throws
  {
    let table = try datasetError { try labels(["daisy", "oak"], in: ["daisy", "rose"]) }
    #expect(table.hint.hasSuffix("rename the classes in the column of labels, or leave them out"))
    let drawn = try datasetError { try digits("").labels(in: ["a", "b"]) }
    #expect(drawn.hint.hasSuffix("; take a network that was trained on these"))
    let arrays = try datasetError {
      try DatasetsTests.testSet(
        "{dataset: {type: npz, path: '\(fixture("keras.npz"))'}}", cachedIn: folder
      ).labels(in: ["a", "b"])
    }
    #expect(arrays.hint.contains("'class_names'"))
  }

  @Test func `pictures that are prepared otherwise than in training are a warning`() throws {
    let png = try Picture(.init(height: 3, width: 4, channels: 1), filledWith: 1).encodedPNG()
    for name in ["oak/a.png", "daisy/b.png"] { try folder.write(png, to: "trees/\(name)") }
    var trained = ImageFolder()
    trained.pictures.imageSize = Pair(height: 2, width: 2)
    trained.pictures.fit = .pad
    trained.pictures.background = 255
    func warning(_ keys: String, than dataset: any DatasetSpec) throws -> Diagnostic? {
      try DatasetsTests.testSet(
        "{dataset: {type: image_folder, path: '\(folder.path)/trees', image_size: 2\(keys)}}",
        cachedIn: folder
      ).otherPreparation(than: dataset)
    }
    #expect(
      try warning("", than: trained)?.message
        == "pictures are prepared in another way than in training, where it was 'background: 255, fit: pad'"
    )
    #expect(
      try warning(", fit: pad", than: trained)?.message.hasSuffix("'background: 255'") == true)
    #expect(try warning(", fit: pad, background: 255", than: trained) == nil)
    // Networks that were trained on numbers of pixels, or on pictures as they are.
    #expect(try warning(", fit: pad", than: MNIST()) == nil)
    #expect(try warning(", fit: pad", than: CSVTable()) == nil)
    #expect(try warning(", fit: pad", than: ImageFolder()) == nil)
  }

  @Test func `keys that change nothing are named`() throws {
    func warnings(_ set: TestSet) -> [String] { set.warnings.all.map(\.message) }
    #expect(try warnings(digits("")) == [])
    #expect(
      try warnings(digits(", validation: 5, limit: 3, normalization: standard, split_seed: 2")) == [
        "'validation' changes nothing: nothing is chosen here",
        "'limit' changes nothing: nothing is trained here",
        "'normalization' changes nothing: each network has its own",
        "'split_seed' changes nothing: nothing is held out here",
      ])
    let names = ["oak", "daisy", "oak", "daisy"]
    #expect(try warnings(testSet(of: names, ", test: 2, split_seed: 2, split: last")) == [])
  }
}
