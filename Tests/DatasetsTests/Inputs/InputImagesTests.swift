import Datasets
import Files
import Foundation
import Specs
import Tensors
import Testing

@Suite struct InputImagesTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// The images that a network gets that takes `shape` and was trained on `dataset`.
  private func read(
    _ names: [String], _ shape: [Int] = [2, 3, 1], _ dataset: any DatasetSpec = MNIST()
  ) throws -> InputImages {
    let shape = ImageShape(height: shape[0], width: shape[1], channels: shape[2])
    let preparation = try ImagePreparation(for: dataset, imageShape: shape)
    return InputImages(
      names.map { $0.hasPrefix("/") ? $0 : "\(folder.path)/\($0)" }, preparation)
  }

  private func pixels(_ images: InputImages, channels: Int = 1) -> [[UInt8]] {
    let scaling = PixelScaling(
      shift: [Double](repeating: 0, count: channels),
      divisor: [Double](repeating: 255, count: channels))
    let samples = images.samples(scaling, classNames: ["a", "b"])
    return (0..<images.count).map { samples.picture(of: $0).pixels }
  }

  /// The names below the folder.
  private func names(_ images: InputImages) -> [String] {
    images.names.map { $0.replacing("\(folder.path)/", with: "") }
  }

  private func problems(_ images: InputImages) -> [String] {
    images.problems.map { "\($0.path): \($0.message)".replacing("\(folder.path)/", with: "") }
  }

  private func write(
    _ name: String, _ shape: [Int] = [2, 3, 1], filledWith value: UInt8
  ) throws {
    let shape = ImageShape(height: shape[0], width: shape[1], channels: shape[2])
    try folder.write(try Picture(shape, filledWith: value).encodedPNG(), to: name)
  }

  private let idx: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + Array(1...12)

  @Test func `a folder's pictures come in the order of their paths, whatever they are of`() throws {
    try write("all/b.png", filledWith: 2)
    try write("all/a/2.PNG", filledWith: 1)
    try write("all/a/10.png", filledWith: 0)
    try write("all/.hidden.png", filledWith: 9)
    try folder.write(Array("read me".utf8), to: "all/README.md")
    let images = try read(["all"])
    #expect(names(images) == ["all/a/10.png", "all/a/2.PNG", "all/b.png"])
    #expect(pixels(images).map { $0[0] } == [0, 1, 2])
    #expect(images.places == [0, 1, 2])
    #expect(images.problems.isEmpty)
    #expect(images.notes.count == 1)
    #expect(images.notes.first?.hasSuffix("all: 1 file of other kinds left out: README.md") == true)
  }

  @Test(arguments: [false, true])
  func `IDX files give an image each`(isGzipped: Bool) throws {
    try folder.write(idx, to: "images", gzipped: isGzipped)
    let images = try read(["images"])
    #expect(names(images) == ["images[0]", "images[1]"])
    #expect(pixels(images) == [Array(1...6), Array(7...12)])
  }

  @Test func `of NumPy's arrays those to test with are taken`() throws {
    let images = try read([fixture("keras.npz")])
    // As `make_arrays.py` makes them.
    let test = (0..<18).map { UInt8(($0 * 37 + 100) % 256) }
    #expect(Array(pixels(images).joined()) == test)
    #expect(images.notes == ["\(fixture("keras.npz")): only 'x_test' is predicted, not 'x_train'"])
  }

  @Test func `inputs of all kinds keep their order`() throws {
    try write("1.png", filledWith: 100)
    try write("2.png", filledWith: 200)
    try folder.write(idx, to: "images")
    let images = try read(["2.png", "images", "1.png"])
    #expect(names(images) == ["2.png", "images[0]", "images[1]", "1.png"])
    #expect(pixels(images).map { $0[0] } == [200, 1, 7, 100])
    #expect(images.places == [0, 1, 2, 3])
  }

  // MARK: tables

  @Test(arguments: [
    "pixel0,pixel1,pixel2,pixel3,pixel4,pixel5\n1,2,3,4,5,6\n7,8,9,10,11,12\n",
    "PK,pixel0,pixel1,pixel2,pixel3,pixel4,pixel5\nx,1,2,3,4,5,6\ny,7,8,9,10,11,12\n",
    "id,pixel0,pixel1,pixel2,pixel3,pixel4,pixel5\nx,1,2,3,4,5,6\ny,7,8,9,10,11,12\n",
    "label,pixel1,pixel0,pixel2,pixel3,pixel4,pixel5\n0,2,1,3,4,5,6\n1,8,7,9,10,11,12\n",
    "1,2,3,4,5,6\n7,8,9,10,11,12\n", "0,1,2,3,4,5,6\n1,7,8,9,10,11,12\n",
  ])
  func `a table needs no labels, and passes over those that it has`(text: String) throws {
    try folder.write(Array(text.utf8), to: "test.csv")
    let images = try read(["test.csv"])
    #expect(problems(images) == [])
    #expect(pixels(images) == [Array(1...6), Array(7...12)])
    #expect(names(images) == ["test.csv[0]", "test.csv[1]"])
  }

  /// Its own data had labels in column 1, and groups in column 0.
  @Test(arguments: [
    ("1,2,3,4,5,6\n", nil), ("a,0,1,2,3,4,5,6\n", nil),
    ("0,1,2,3,4,5,6\n", "test.csv: has 7 columns of pixels, but the network takes images of 2×3"),
  ])
  func `without a header, labels and groups are where the run's own were`(
    text: String, problem: String?
  ) throws {
    var table = CSVTable()
    (table.header, table.label, table.group) = (false, "1", "0")
    try folder.write(Array(text.utf8), to: "test.csv")
    let images = try read(["test.csv"], [2, 3, 1], table)
    #expect(pixels(images) == (problem == nil ? [Array(1...6)] : []))
    let found = problems(images)
    #expect(found.count == (problem == nil ? 0 : 1))
    #expect(found.first?.hasPrefix(problem ?? "") != false, "\(found)")
  }

  @Test func `a table names files where the run's table did`() throws {
    var table = CSVTable()
    table.image = "filename"
    try write("a.png", filledWith: 5)
    try folder.write(Array("id,filename\n1,a.png\n2,gone.png\n".utf8), to: "test.csv")
    let images = try read(["test.csv"], [2, 3, 1], table)
    #expect(pixels(images) == [[5, 5, 5, 5, 5, 5]])
    #expect(problems(images) == ["gone.png: no such file or folder"])
    #expect(
      images.problems[0].description.contains(
        "hint: inputs are PNG and JPEG pictures, CSV files, IDX files, npz files and folders of pictures"
      ))
  }

  @Test func `preparations agree that make the same images of everything`() throws {
    func preparation(_ change: (inout CSVTable) -> Void) throws -> ImagePreparation {
      var table = CSVTable()
      table.image = "picture"
      table.pictures.imageSize = Pair(height: 2, width: 3)
      change(&table)
      return try ImagePreparation(
        for: table, imageShape: ImageShape(height: 2, width: 3, channels: 1))
    }
    let usual = try preparation { _ in }
    let (pictures, tables) = (["a.png", "pictures"], ["a.png", "Test.CSV.gz"])
    #expect(try usual.agrees(with: preparation { $0.path = "elsewhere.csv" }, on: tables))
    let changes: [(inout CSVTable) -> Void] = [
      { $0.pictures.fit = .crop }, { $0.pictures.background = 1 },
      { $0.pictures.interpolation = .area }, { $0.pictures.imageSize = nil },
    ]
    for change in changes { #expect(try !usual.agrees(with: preparation(change), on: pictures)) }
    // Where there is no table, its columns are no matter.
    let columns: [(inout CSVTable) -> Void] = [
      { $0.label = "digit" }, { $0.image = "file" }, { $0.header = false }, { $0.group = "writer" },
    ]
    for change in columns {
      #expect(try !usual.agrees(with: preparation(change), on: tables))
      #expect(try usual.agrees(with: preparation(change), on: pictures))
    }
  }

  @Test(arguments: [
    ("pixel0,pixel1\n1,2\n", "test.csv: has 2 columns of pixels"),
    ("p0,p1,p2,p3,p4,p5\n1,2,3,4,5,6,7\n", "test.csv:2: 7 fields, the header has 6"),
    ("1,2,3,4,5,6\n1,2\n", "test.csv:2: 2 fields, the first line has 6"),
    ("1,2,3,4,5,6\n1,2,3,4,5,x\n", "test.csv:2:11: 'x' is no pixel"),
    ("", "test.csv: holds no images"),
    ("pixel0,pixel1\n", "test.csv: holds no images"),
    ("a,b\n1,2\n", "test.csv: has no columns of pixels"),
  ])
  func `what is wrong with a table is said`(text: String, problem: String) throws {
    try folder.write(Array(text.utf8), to: "test.csv")
    let found = problems(try read(["test.csv"]))
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(problem) == true, "\(found)")
  }

  // MARK: other sizes and colours

  @Test func `pictures are resized as those of the run were`() throws {
    let pillow = try PillowFixtures.read()
    for resizing in pillow.resizing {
      let isGrey = resizing.pixels.count == resizing.size[0] * resizing.size[1]
      var dataset = ImageFolder()
      dataset.pictures.imageSize = Pair(height: resizing.size[0], width: resizing.size[1])
      dataset.pictures.fit = try #require(PictureFit(rawValue: resizing.fit))
      dataset.pictures.interpolation = try #require(
        PictureInterpolation(rawValue: resizing.interpolation))
      dataset.pictures.background = Int(resizing.background)
      let path = try folder.write(PillowFixtures.bytes(of: resizing.file), to: "picture")
      let channels = isGrey ? 1 : 3
      let images = try read([path], resizing.size + [channels], dataset)
      #expect(problems(images) == [])
      #expect(pixels(images, channels: channels) == [Array(resizing.pixels)], "\(resizing)")
    }
    #expect(!pillow.resizing.isEmpty)
  }

  @Test func `a network for grey images gets the luma, one for colours three channels`() throws {
    // Pillow's convert('L') of a pure red.
    let red = Picture(
      ImageShape(height: 1, width: 1, channels: 3), pixels: [255, 0, 0] as [UInt8])
    try folder.write(try red.encodedPNG(), to: "red.png")
    #expect(pixels(try read(["red.png"], [1, 1, 1])) == [[76]])
    try write("grey.png", [1, 1, 1], filledWith: 9)
    #expect(pixels(try read(["grey.png"], [1, 1, 3]), channels: 3) == [[9, 9, 9]])
  }

  @Test func `where nothing says how to resize, another size is an error with a way out`() throws {
    try write("large.png", [5, 4, 1], filledWith: 5)
    let images = try read(["large.png"])
    #expect(
      problems(images) == [
        "large.png: is 5×4 pixels (height × width), but the network takes 2×3"
      ])
    try folder.write(idx, to: "images")
    let digits = try read(["large.png", "images"], [28, 28, 1])
    #expect(digits.problems.map(\.hint).allSatisfy { $0.contains("'--prepare digits'") })
    #expect(digits.problems.count == 2, "one for all images of a file")
  }

  @Test func `images of other channels than pictures have are an error`() throws {
    let bytes: [UInt8] =
      [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 7]
    try folder.write(bytes, to: "images")
    #expect(
      problems(try read(["images"], [1, 1, 1])) == [
        "images: has images of 1×1×2, but the network takes 1×1×1"
      ])
    #expect(try read(["images"], [1, 1, 2]).count == 1)
  }

  // MARK: bad input

  @Test func `of a folder of IDX files one has to be named`() throws {
    try folder.write(idx, to: "mnist/t10k-images-idx3-ubyte")
    try folder.write(Array("read me".utf8), to: "mnist/README")
    let problem = try #require(try read(["mnist"]).problems.first)
    #expect(problem.message == "has no pictures")
    #expect(
      problem.hint == "of a folder only pictures are taken; name the file itself: "
        + "\(folder.path)/mnist/t10k-images-idx3-ubyte")
    try folder.write(Array("read me".utf8), to: "texts/README")
    #expect(
      try read(["texts"]).problems.map(\.hint) == [
        "pictures are files that end in .png, .jpg or .jpeg"
      ])
  }

  @Test func `a picture that was cut short is named, and others keep their places`() throws {
    for number in 0..<5 { try write("all/\(number).png", filledWith: UInt8(number)) }
    let bytes = try folder.bytes(of: "all/2.png")
    try folder.write(Array(bytes.prefix(bytes.count / 2)), to: "all/2.png")
    let images = try read(["all"])
    #expect(pixels(images).map { $0[0] } == [0, 1, 3, 4])
    #expect(images.places == [0, 1, 3, 4])
    #expect(images.problems.map(\.path) == ["\(folder.path)/all/2.png"])
    #expect(images.problems.map(\.hint) == ["copy or download the file anew"])
    #expect(images.problems.first?.exitStatus == .inputMissing)
  }

  @Test func `what cannot be read is named, with a reason`() throws {
    try write("good.png", filledWith: 1)
    try folder.write(Array("hello".utf8), to: "text.png")
    try folder.write([], to: "nothing.png")
    try folder.write([0, 0, 8, 1, 0, 0, 0, 1, 7], to: "labels")
    try folder.write([0x93] + Array("NUMPY".utf8) + [1, 0], to: "array.npy")
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/empty", withIntermediateDirectories: false)
    try #require(mkfifo("\(folder.path)/pipe.png", 0o600) == 0)
    let images = try read([
      "gone.png", "text.png", "nothing.png", "labels", "array.npy", "empty", "pipe.png",
      "/dev/zero", "good.png",
    ])
    #expect(names(images) == ["good.png"])
    #expect(images.places == [8])
    #expect(
      problems(images) == [
        "gone.png: no such file or folder",
        "text.png: not a PNG or JPEG, but text; the name of a table ends in '.csv'",
        "nothing.png: an empty file",
        "labels: not an IDX file of images: it starts with 0x00000801, expected 0x00000803 or 0x00000804",
        "array.npy: a single NumPy array",
        "empty: has no pictures",
        "pipe.png: cannot be read: not a regular file",
        "/dev/zero: cannot be read: not a regular file",
      ])
  }

  @Test func `a closed folder is named, and the rest is predicted`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/closed", withIntermediateDirectories: false)
    try write("a.png", filledWith: 5)
    chmod(folder.path, 0o755)
    chmod(folder.path + "/closed", 0)
    defer { chmod(folder.path + "/closed", 0o755) }
    let images = try asOrdinaryUser { try read([""]) }
    #expect(images.names.map { Storage.name(of: $0) } == ["a.png"])
    #expect(problems(images).map { Storage.name(of: $0) } == ["closed: Permission denied"])
  }

  @Test func `links in a folder are not followed, those that a user names are`() throws {
    try write("secret.png", filledWith: 1)
    try write("all/a.png", filledWith: 2)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/all/b.png", withDestinationPath: "../secret.png")
    let images = try read(["all", "all/b.png"])
    #expect(names(images) == ["all/a.png", "all/b.png"])
    #expect(problems(images) == ["all/b.png: a link, which is not followed; copy what it leads to"])
    #expect(images.places == [0, 2])
  }
}
