import Datasets
import Diagnostics
import Files
import Foundation
import Specs
import Testing

struct ImageFolderTests {
  let folder: TestFolder
  private var dataset = ImageFolder()
  private let locations: DataLocations

  init() throws {
    folder = try TestFolder()
    let path = folder.path
    locations = DataLocations(environment: { $0 == "XDG_CACHE_HOME" ? "\(path)/cache" : nil })
    dataset.path = FilePath("\(path)/flowers")
  }

  /// The file of a picture with all pixels at `value`.
  private func png(
    _ value: UInt8, height: Int = 2, width: Int = 3, channels: Int = 1
  ) throws -> [UInt8] {
    try Picture(
      .init(height: height, width: width, channels: channels), filledWith: value
    ).encodedPNG()
  }

  private func add(_ pictures: [String: [UInt8]]) throws {
    for (name, bytes) in pictures { try folder.write(bytes, to: "flowers/\(name)") }
  }

  private func load() throws -> LoadedDataset { try dataset.load(from: locations) }

  private func problem() throws -> String { try datasetError { try load() }.message }

  // MARK: classes and parts

  @Test func `classes are in the order of code points, pictures in that of their paths`() throws {
    try add([
      "rose/b.png": png(3), "rose/a/z.PNG": png(2), "Lily/x.jpg": png(0), "é/x.png": png(5),
      "rose/B.png": png(1), "zinnia/x.png": png(4),
    ])
    let loaded = try load()
    #expect(loaded.type == "image_folder")
    #expect(loaded.classNames == ["Lily", "rose", "zinnia", "é"])
    #expect(
      loaded.training.names == [
        "Lily/x.jpg", "rose/B.png", "rose/a/z.PNG", "rose/b.png", "zinnia/x.png", "é/x.png",
      ])
    #expect(loaded.training.labels == [0, 1, 1, 1, 2, 3])
    #expect(
      loaded.training.images.elementsEqual((0..<6).flatMap { Array(repeating: $0, count: 6) }))
    #expect(loaded.imageShape.lengths == [2, 3, 1])
    #expect(loaded.validation == nil && loaded.test == nil && loaded.training.groups == nil)
    #expect(loaded.notes == [])
  }

  @Test(arguments: [
    ("train", "val", "test"), ("training", "validation", "testing"), ("Training", "Val", "Test"),
  ])
  func `parts have a folder for each class`(
    _ training: String, _ validation: String, _ test: String
  ) throws {
    try add([
      "\(training)/daisy/1.png": png(1), "\(training)/rose/1.png": png(2),
      "\(validation)/daisy/1.png": png(3), "\(validation)/rose/1.png": png(4),
      "\(test)/rose/1.png": png(5),
    ])
    let loaded = try load()
    #expect(loaded.classNames == ["daisy", "rose"])
    #expect(loaded.training.labels == [0, 1])
    #expect(loaded.validation?.labels == [0, 1])
    #expect(loaded.validation?.images.first == 3)
    #expect(loaded.test?.labels == [1])
    #expect(loaded.test?.names == ["\(test)/rose/1.png"])
    #expect(loaded.notes == ["\(test)/ has no pictures of daisy"])
  }

  @Test func `a class of trains is no part`() throws {
    try add(["train/1.png": png(1), "bus/1.png": png(2)])
    #expect(try load().classNames == ["bus", "train"])
  }

  @Test func `a stray picture does not make a class of a part`() throws {
    try add([
      "train/stray.png": png(1), "train/a/1.png": png(1), "train/b/1.png": png(2),
      "test/a/1.png": png(3),
    ])
    let loaded = try load()
    #expect(loaded.classNames == ["a", "b"])
    #expect(loaded.test?.count == 1)
    #expect(loaded.notes.contains { $0.contains("train/stray.png") })
  }

  @Test func `pictures below one folder of a class are a group, in every class`() throws {
    try add([
      "a/p1/1.png": png(1), "a/p1/more/2.png": png(2), "a/p2/1.png": png(3), "a/loose.png": png(4),
      "b/p1/1.png": png(5), "b/loose.png": png(6),
    ])
    var grouped = dataset
    grouped.group = .folder
    let loaded = try grouped.load(from: locations)
    #expect(
      loaded.training.names == [
        "a/loose.png", "a/p1/1.png", "a/p1/more/2.png", "a/p2/1.png", "b/loose.png", "b/p1/1.png",
      ])
    #expect(loaded.training.groups == ["a/loose.png", "p1", "p1", "p2", "b/loose.png", "p1"])
  }

  @Test func `a folder of other form is refused with the reason`() throws {
    #expect(try problem() == "no such folder")
    try add([:])
    try folder.write([], to: "flowers/README.md")
    #expect(try problem() == "has no folder of a class")
    try add(["1.png": png(1)])
    #expect(try problem() == "its pictures lie in no folder of a class")
    try add(["daisy/1.png": png(1)])
    #expect(try problem() == "has only one class, daisy; at least 2 are needed")
    try add(["rose/notes.txt": [1]])
    #expect(try problem() == "this class has no pictures: rose")
    try add(["rose/1.png": png(1), "train/daisy/1.png": png(1)])
    #expect(try problem() == "has the parts train, but beside them daisy, rose")
  }

  @Test func `parts of another form are refused with the reason`() throws {
    try add(["test/a/1.png": png(1), "val/a/1.png": png(1)])
    #expect(try problem() == "has test, val, but no train/")
    try add(["train/a/1.png": png(1), "train/b/1.png": png(1), "test/c/1.png": png(1)])
    #expect(try problem() == "test/c is a class without training images")
    try add(["train/c/1.png": png(1), "valid/a/1.png": png(1)])
    #expect(try problem() == "has one part twice: val, valid")
  }

  @Test func `more classes than a byte can tell are refused`() throws {
    for number in 0...256 { try add(["\(number)/1.png": png(1)]) }
    #expect(try problem() == "has 257 folders of classes; at most 256 are possible")
  }

  @Test func `classes that look the same are refused`() throws {
    try add(["e\u{301}/1.png": png(1)])
    try add(["\u{E9}/1.png": png(2)])
    #expect(try problem().hasPrefix("two classes are called é"))
  }

  @Test func `a file in place of the folder is refused`() throws {
    try folder.write([1], to: "flowers")
    #expect(try problem() == "not a folder")
  }

  // MARK: pictures

  @Test func `one error names all pictures that cannot be read`() throws {
    try add(["a/good.png": png(1), "b/good.png": png(1), "a/page.jpg": Array("<html>".utf8)])
    for number in 10..<40 { try add(["b/\(number).png": Array(png(1).prefix(40))]) }
    let error = try datasetError { try load() }
    let lines = error.message.split(separator: "\n").map(String.init)
    #expect(lines.count == 22)
    #expect(lines[0] == "31 of 33 pictures cannot be read:")
    #expect(lines[1] == "  a/page.jpg: not a PNG or JPEG: it begins like an HTML page")
    #expect(lines[2] == "  b/10.png: damaged: it is cut short")
    #expect(lines[21] == "  and 11 more")
    #expect(error.exitStatus == .inputMissing)
  }

  @Test func `unreadable pictures are skipped where that is wished, and counted`() throws {
    try add([
      "a/1.png": [], "a/2.png": png(2), "a/3.webp": Array("RIFF1234WEBP".utf8), "a/4.png": png(4),
      "b/1.png": png(1),
    ])
    var skipping = dataset
    skipping.pictures.onError = .skip
    let loaded = try skipping.load(from: locations)
    #expect(loaded.training.names == ["a/2.png", "a/4.png", "b/1.png"])
    #expect(loaded.training.labels == [0, 0, 1])
    #expect(
      loaded.training.images.elementsEqual([2, 4, 1].flatMap { Array(repeating: $0, count: 6) }))
    #expect(
      loaded.notes == ["2 pictures cannot be read and were left out: a/1.png, a/3.webp"])
    try add(["b/1.png": [1]])
    #expect(
      try datasetError { try skipping.load(from: locations) }.message
        == "this class has no pictures: b")
  }

  @Test func `pictures of several sizes need a size`() throws {
    try add(["a/1.png": png(7), "b/1.png": png(7, height: 4, width: 5)])
    let error = try datasetError { try load() }
    #expect(
      error.message
        == "its pictures have several sizes: a/1.png is 2×3, but b/1.png is 4×5 (height × width)")
    #expect(error.hint.contains("image_size"))
    var resized = dataset
    resized.pictures.imageSize = Pair(height: 6, width: 4)
    let loaded = try resized.load(from: locations)
    #expect(loaded.imageShape.lengths == [6, 4, 1])
    #expect(loaded.training.images.allSatisfy { $0 == 7 })
  }

  @Test func `pictures in grey and in colours need a mode`() throws {
    try add(["a/1.png": png(7), "b/1.png": png(7, channels: 3)])
    #expect(
      try problem()
        == "some of its pictures are grey, others in colours: a/1.png is grayscale, but b/1.png is rgb"
    )
    for (mode, channels) in [(ColorMode.grayscale, 1), (.rgb, 3)] {
      var chosen = dataset
      chosen.pictures.colorMode = mode
      let loaded = try chosen.load(from: locations)
      #expect(loaded.imageShape.lengths == [2, 3, channels])
      #expect(loaded.training.images.allSatisfy { $0 == 7 })
    }
  }

  @Test func `transparent pixels show the background, and a note says so`() throws {
    let picture = try PillowFixtures.bytes(of: "grey8-transparent.png")
    try add(["a/1.png": picture, "b/1.png": picture])
    #expect(
      try load().notes == ["2 pictures with transparent pixels: behind them is the background, 0"])
  }

  // MARK: names and kinds of files

  @Test func `files that are no pictures are left out, and counted`() throws {
    try add([
      "a/1.png": png(1), "a/.hidden.png": [1], "a/.DS_Store": [1], "a/Thumbs.db": [1],
      "b/1.png": png(1), "README.txt": [1], "b/png": [1],
    ])
    let loaded = try load()
    #expect(loaded.training.count == 2)
    #expect(
      loaded.notes == ["3 files are no pictures and were left out: README.txt, a/Thumbs.db, b/png"])
  }

  @Test func `any name works that a file can have, and is shown without steering the terminal`()
    throws
  {
    let longest = String(repeating: "x", count: 251) + ".png"
    try add(["a/1\n2.png": png(1), "🌹/\u{1B}[31m.png": png(2), "🌹/\(longest)": png(3)])
    let loaded = try load()
    #expect(loaded.classNames == ["a", "🌹"])
    #expect(loaded.training.names == ["a/1\n2.png", "🌹/\u{1B}[31m.png", "🌹/\(longest)"])
    try add(["🌹/\u{1B}[31m.png": [], "a/1\n2.png": []])
    let message = try problem()
    #expect(!message.contains("\u{1B}"))
    #expect(message.split(separator: "\n").count == 3)
  }

  @Test func `a name that is not UTF-8 is refused by name`() throws {
    try add(["a/1.png": png(1), "b/1.png": png(1)])
    let path = Array("\(folder.path)/flowers/b/".utf8) + [0xFF] + Array(".png".utf8) + [0]
    let file = path.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer {
      $0.baseAddress.map { open($0, O_WRONLY | O_CREAT, 0o600) } ?? -1
    }
    try #require(file >= 0)
    close(file)
    #expect(
      try problem()
        == "1 of 3 pictures cannot be read:\n  b/\u{FFFD}.png: its name is not UTF-8; rename it")
  }

  @Test func `links in the folder are not followed, but the folder may be one`() throws {
    try add(["a/1.png": png(1), "b/1.png": png(1)])
    let elsewhere = try folder.write(png(9), to: "elsewhere.png")
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: "\(folder.path)/flowers")
    var linked = dataset
    linked.path = FilePath("\(folder.path)/link")
    #expect(try linked.load(from: locations).training.count == 2)

    try files.createSymbolicLink(
      atPath: "\(folder.path)/flowers/a/2.png", withDestinationPath: elsewhere)
    try files.createSymbolicLink(
      atPath: "\(folder.path)/flowers/c", withDestinationPath: "\(folder.path)/flowers")
    let lines = try problem().split(separator: "\n")
    #expect(lines[0] == "2 of 4 pictures cannot be read:")
    #expect(lines[1] == "  c: a link, which is not followed; copy what it leads to")
    #expect(lines[2] == "  a/2.png: a link, which is not followed; copy what it leads to")
    var skipping = dataset
    skipping.pictures.onError = .skip
    #expect(try skipping.load(from: locations).training.names == ["a/1.png", "b/1.png"])
  }

  @Test func `a pipe called like a picture is refused and not waited for`() throws {
    try add(["a/1.png": png(1), "b/1.png": png(1)])
    try #require(mkfifo("\(folder.path)/flowers/b/2.png", 0o600) == 0)
    #expect(
      try problem()
        == "1 of 3 pictures cannot be read:\n  b/2.png: it is not a regular file")
  }

  // MARK: the spec

  @Test func `the folder of its name in the user's folder of datasets comes first`() throws {
    try add(["a/1.png": png(1), "b/1.png": png(1)])
    try folder.write(png(2), to: "named/flowers/c/1.png")
    try folder.write(png(2), to: "named/flowers/d/1.png")
    let named = DataLocations(
      dataDirectory: "\(folder.path)/named",
      environment: { [path = folder.path] in $0 == "XDG_CACHE_HOME" ? "\(path)/cache" : nil })
    #expect(try dataset.load(from: named).classNames == ["c", "d"])
    #expect(dataset.resolved(in: named).path.path.hasSuffix("/named/flowers"))
    try FileManager.default.removeItem(atPath: "\(folder.path)/named/flowers")
    #expect(try dataset.load(from: named).classNames == ["a", "b"])
    try FileManager.default.removeItem(atPath: "\(folder.path)/flowers")
    try folder.write(png(2), to: "named/mnist/1.png")
    try folder.write(png(2), to: "named/roses/1.png")
    #expect(try datasetError { try dataset.load(from: named) }.message == "no such folder")
  }

  @Test func `how to resize is a mistake where nothing is resized`() {
    var diagnostics = Diagnostics()
    let text = "path: x\nfit: crop\ninterpolation: area\n"
    let tree = YAML.parse(SourceFile(path: "a.yaml", text: text), &diagnostics)
    #expect(tree.flatMap { ImageFolder.decode($0, &diagnostics) } == nil)
    let rendered = diagnostics.rendered()
    #expect(rendered.contains("a.yaml:2:6"))
    #expect(rendered.contains("'fit' is for pictures that are resized"))
    #expect(rendered.contains("'interpolation' is for pictures that are resized"))
  }
}
