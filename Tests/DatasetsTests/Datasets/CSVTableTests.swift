import Datasets
import Files
import Specs
import Tensors
import Testing

@Suite struct CSVTableTests {
  private let folder: TestFolder

  private let locations: DataLocations

  init() throws {
    folder = try TestFolder()
    locations = cache(folder)
  }

  private func load(
    _ text: String, test: String? = nil, gzipped: Bool = false,
    _ change: (inout CSVTable) -> Void = { _ in }
  ) throws -> LoadedDataset {
    var table = CSVTable()
    table.path = FilePath(try folder.write(Array(text.utf8), to: "train.csv", gzipped: gzipped))
    table.testPath = try test.map { FilePath(try folder.write(Array($0.utf8), to: "test.csv")) }
    change(&table)
    return try table.load(from: locations)
  }

  /// The error that loading ends in, without the folder.
  private func failure(
    _ text: String, test: String? = nil, _ change: (inout CSVTable) -> Void = { _ in }
  ) throws -> (place: String, message: String, hint: String) {
    let error = try datasetError { try load(text, test: test, change) }
    return (Storage.name(of: error.path), error.message, error.hint)
  }

  /// Two images of 2×2 pixels.
  private static let small = "label,pixel0,pixel1,pixel2,pixel3\n7,0,1,2,3\n3,252,253,254,255\n"

  @Test(arguments: [false, true])
  func `Kaggle's form is read, plain and gzipped`(gzipped: Bool) throws {
    let loaded = try load(Self.small, gzipped: gzipped)
    #expect(loaded.imageShape == ImageShape(height: 2, width: 2, channels: 1))
    #expect(loaded.classNames == ["3", "7"])
    #expect(loaded.training.labels == [1, 0])
    #expect(Array(loaded.training.images) == [0, 1, 2, 3, 252, 253, 254, 255])
    #expect(
      (loaded.test == nil, loaded.training.groups == nil, loaded.notes.isEmpty) == (
        true, true, true
      ))
  }

  @Test(arguments: [
    ("no header", "7,0,1,2,3\n3,252,253,254,255\n"),
    ("spaces, and no line break at the end", " 7, 0, 1, 2, 3\n3,252,253 ,254,\t255"),
    (
      "CRLF, byte order mark, empty lines",
      "\u{feff}label,p0,p1,p2,p3\r\n\r\n7,0,1,2,3\r\n3,252,253,254,255\r\n\r\n"
    ),
    (
      "quotes",
      "\"label\",\"p0\",\"p1\",\"p2\",\"p3\"\n\"7\",\"0\",\"1\",\"2\",\"3\"\n3,252,\"253\",254,\"255\""
    ),
    ("columns in another order", "p10,p2,p1,label,p0\n3,2,1,7,0\n255,254,253,3,252\n"),
    ("rows and columns in names", "2x2,1x1,1x2,2x1,label\n3,0,1,2,7\n255,252,253,254,3\n"),
    ("zeros before", "7,000,01,2,3\n3,252,253,254,255\n"),
  ])
  func `the same images in other notations`(_: String, text: String) throws {
    #expect(try load(text).digest == load(Self.small).digest)
    #expect(try load(text).classNames == ["3", "7"])
  }

  @Test func `labels in quotes may have commas, quotes, line breaks and any letters`() throws {
    var table = CSVTable()
    table.path = FilePath(fixture("quoted.csv"))
    let loaded = try table.load(from: locations)
    #expect(loaded.classNames == ["Größe", "a, b", "the \"c\"", "two\r\nlines"])
    #expect(loaded.training.labels == [1, 2, 3, 0, 1, 2, 3, 0])
    let pixels: [Int] = (0..<32).map { ($0 / 4 * 40 + $0 % 4) % 256 }
    #expect(loaded.training.images.map { Int($0) } == pixels)
  }

  @Test func `names of other encodings are refused, not melted together`() throws {
    let text: [UInt8] = Array("label,pixel0\n".utf8) + [0x4D, 0xE4] + Array(",1\nM,2\n".utf8)
    var table = CSVTable()
    table.path = FilePath(try folder.write(text, to: "latin.csv"))
    let error = try datasetError { try table.load(from: locations) }
    #expect(error.path.hasSuffix("latin.csv:2:1"))
    #expect(error.message == "is no UTF-8 text")
  }

  @Test func `classes are sorted as numbers, or else by code points`() throws {
    #expect(try load("10,0\n9,0\n-1,0\n2.5,0\n").classNames == ["-1", "2.5", "9", "10"])
    #expect(
      try load("label,p0\n10,0\nb,0\nB,0\n9,0\nä,0\n").classNames == ["10", "9", "B", "b", "ä"])
  }

  @Test func `label, group and shape can be said`() throws {
    let text = "id,split,kind,x1,x2,x3,patient\n1,a,cat,1,2,3,p\n2,a,dog,4,5,6,q\n3,a,cat,7,8,9,p\n"
    let loaded = try load(text) {
      $0.label = "kind"
      $0.group = "patient"
      $0.imageShape = [1, 1, 3]
    }
    #expect(loaded.classNames == ["cat", "dog"])
    #expect(loaded.imageShape == ImageShape(height: 1, width: 1, channels: 3))
    #expect(loaded.training.groups == ["p", "q", "p"])
    #expect(loaded.notes == ["columns without use: id, split"])
    let plain = try load("1,2,3,cat\n4,5,6,dog\n") {
      $0.label = "3"
      $0.header = false
      $0.imageShape = [3, 1]
    }
    #expect(plain.training.labels == [0, 1])
    #expect(Array(plain.training.images) == [1, 2, 3, 4, 5, 6])
  }

  @Test func `the test file has the classes of the training file`() throws {
    let loaded = try load(Self.small, test: "pixel3,pixel2,pixel1,pixel0,label\n4,3,2,1,3\n")
    let test = try #require(loaded.test)
    #expect(test.labels == [0])
    #expect(Array(test.images) == [1, 2, 3, 4])
    #expect(
      try failure(Self.small, test: "label,p0,p1,p2,p3\n3,0,0,0,0\n\n 8,0,0,0,0\n")
        == (
          "test.csv:4:1", "'8' is no class of the training images",
          "each class needs images to train on"
        ))
    let unlabelled = try failure(Self.small, test: "pixel0,pixel1,pixel2,pixel3\n0,0,0,0\n")
    #expect(unlabelled.place == "test.csv")
    #expect(
      unlabelled.message == "has no column 'label'; it has pixel0, pixel1, pixel2, pixel3")
    #expect(unlabelled.hint.contains("images without labels cannot be learned from or scored"))
    #expect(
      try failure(Self.small, test: "label,p0\n3,0\n").message
        == "has 1 pixel column, 'p0', but the training images have 4 pixel columns, 'pixel0' to 'pixel3'"
    )
  }

  @Test func `both tables have a header, or none has`() throws {
    #expect(
      try failure(Self.small, test: "7,0,1,2,3\n").message
        == "has no column 'label'; it has 7, 0, 1, 2, 3")
    let found = try failure("7,0,1,2,3\n3,0,1,2,3\n", test: Self.small)
    #expect(found.place == "test.csv:1:7")
    #expect(found.message == "'pixel0' is no pixel")
  }

  @Test func `an image without a group is an error with its line`() throws {
    let error = #expect(throws: DatasetError.self) {
      try load("label,p0,who\na,0,x\nb,1,\na,2,y\n") { $0.group = "who" }
    }
    #expect(error?.path.hasSuffix("train.csv:3:5") == true)
    #expect(error?.problem.message == "the group is missing")
  }

  @Test func `groups that are in both tables are told`() throws {
    let loaded = try load("label,p0,who\n1,0,a\n2,0,b\n", test: "label,p0,who\n1,0,b\n") {
      $0.group = "who"
    }
    #expect(loaded.notes == ["groups in both tables: b"])
  }

  @Test(arguments: [
    ("NaN", "'NaN' is no pixel", "table.fillna(0)"), ("-5", "'-5' is no pixel", "clip(0, 255)"),
    ("256", "'256' is no pixel", "clip(0, 255)"), ("0.5", "'0.5' is no pixel", "multiplied by 255"),
    ("1e2", "'1e2' is no pixel", "clip(0, 255)"), ("", "a pixel is missing", "'label' and 'group'"),
    ("x", "'x' is no pixel", "'label' and 'group'"),
    ("1 2", "'1 2' is no pixel", "'label' and 'group'"),
    (
      String(repeating: "9", count: 400), "'\(String(repeating: "9", count: 39))…' is no pixel",
      "clip(0, 255)"
    ),
  ])
  func `what is no pixel is told with file, line and column`(
    text: String, message: String, hint: String
  ) throws {
    let found = try failure("label,p0,p1,p2,p3\n\"ä\n\",0,0,0,0\nb,12,\(text),0,0\n")
    #expect(found.place == "train.csv:4:6")
    #expect(found.message == message)
    #expect(found.hint.contains(hint))
  }

  @Test func `a line 40,001 that lacks a field is told`() throws {
    var lines = Array(repeating: "1,10,20,30,40\n", count: 40_002)
    lines[0] = "label,p0,p1,p2,p3\n"
    lines[40_000] = "1,10,20,30\n"
    let found = try failure(lines.joined())
    #expect(found.place == "train.csv:40001")
    #expect(found.message == "4 fields, the header has 5")
  }

  @Test func `many records do not fit into the buffer at once`() throws {
    let count = 120_000
    let text = (0..<count).map { "\($0 % 7),\"\($0 % 256)\"\r\n" }.joined()
    let loaded = try load(text)
    #expect(loaded.training.labels == (0..<count).map { UInt8($0 % 7) })
    #expect(Array(loaded.training.images) == (0..<count).map { UInt8($0 % 256) })
  }

  @Test func `a record may be longer than the buffer`() throws {
    let side = 700
    let row = (0..<side * side).map { ",\($0 % 251)" }.joined()
    let loaded = try load("0\(row)\n1\(row)\n")
    #expect(loaded.imageShape == ImageShape(height: side, width: side, channels: 1))
    #expect(loaded.training.images[2 * side * side - 1] == UInt8((side * side - 1) % 251))
  }

  @Test(arguments: [
    ("label,p0\n1,\"0\n2,0\n", "train.csv:2:3", "a field begins with a quote, and the file ends"),
    ("label,p0\n1,\"0\"0\n", "train.csv:2:6", "text after the quote that closes a field"),
    ("label,p0\n1,0\"0\n", "train.csv:2:4", "a quote inside a field that does not begin with one"),
    ("label,p0\n ,0\n", "train.csv:2:1", "the label is missing"),
    ("label,p0,p0\n1,0,0\n", "train.csv:1:10", "the header has two columns 'p0'"),
    ("cat,0,0\ndog,1,1\n", "train.csv:1:7", "the header has two columns '0'"),
    ("id;label;p0\n1;2;3\n", "train.csv", "has no column 'label'; it has id;label;p0"),
    ("label,kind\n1,0\n", "train.csv", "has no columns of pixels"),
    (
      "label,r0,g0,b0\n1,0,0,0\n", "train.csv", "has 3 families of columns that could be the pixels"
    ),
    (
      "label,p0,p1,age\n1,0,0,7\n", "train.csv",
      "has 2 pixel columns, 'p0' to 'p1', which are no square; columns without use: age"
    ),
    ("label,p0\n", "train.csv", "holds no images"), ("", "train.csv", "holds no images"),
    ("label,p0\n1,0\n1,2\n", "train.csv", "all training images are of one class"),
  ])
  func `what is no table of images is told with its place`(
    text: String, place: String, message: String
  ) throws {
    let found = try failure(text)
    #expect(found.place == place)
    #expect(found.message.hasPrefix(message))
  }

  @Test func `a shape that the pixels do not make is told`() throws {
    let rgb = "label," + (0..<12).map { "p\($0)" }.joined(separator: ",") + "\n"
    let found = try failure(rgb + "1" + String(repeating: ",0", count: 12))
    #expect(found.message == "has 12 pixel columns, 'p0' to 'p11', which are no square")
    #expect(found.hint == "write 'image_shape: [2, 2, 3]' if they are in colour")
    #expect(
      try failure(Self.small) { $0.imageShape = [3, 3] }.message
        == "has 4 pixel columns, 'pixel0' to 'pixel3', which are no images of 3×3")
  }

  @Test func `more than 256 classes, and text in UTF-16, are refused`() throws {
    let found = try failure((0..<257).map { "\($0),0\n" }.joined())
    #expect(
      (found.place, found.message) == (
        "train.csv:257:1", "'256' would be the 257th class; there may be 256"
      ))
    var table = CSVTable()
    table.path = FilePath(try folder.write([0xFF, 0xFE, 0x31, 0], to: "utf16.csv"))
    #expect(try datasetError { try table.load(from: locations) }.message == "it is UTF-16")
  }

  @Test func `a file where the user says comes first`() throws {
    try folder.write(Array(Self.small.utf8), to: "named/train.csv")
    var table = CSVTable()
    table.path = FilePath("\(folder.path)/train.csv")
    let named = DataLocations(
      dataDirectory: "\(folder.path)/named",
      environment: { [folder] in $0 == "XDG_CACHE_HOME" ? folder.path : nil })
    #expect(try table.load(from: named).training.count == 2)
    #expect(table.resolved(in: named).path == FilePath("\(folder.path)/named/train.csv").absolute)
    #expect(
      try datasetError { try table.load(from: locations) }.message == "no such file or folder")
  }
}
