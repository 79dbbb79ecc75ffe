import Datasets
import Diagnostics
import Files
import Foundation
import Specs
import Testing

/// Tables that name files.
@Suite struct CSVTablePicturesTests {
  private let folder: TestFolder
  private let locations: DataLocations

  init() throws {
    folder = try TestFolder()
    locations = cache(folder)
    for name in ["a.png", "images/b.png", "images/c 1.png"] {
      try folder.write(
        try Picture(.init(height: 2, width: 2, channels: 1), filledWith: 7).encodedPNG(), to: name)
    }
  }

  private func load(
    _ text: String, test: String? = nil, _ change: (inout CSVTable) -> Void = { _ in }
  ) throws -> LoadedDataset {
    var table = CSVTable()
    table.image = "filename"
    table.label = "species"
    table.path = FilePath(try folder.write(Array(text.utf8), to: "train.csv"))
    table.testPath = try test.map { FilePath(try folder.write(Array($0.utf8), to: "test.csv")) }
    change(&table)
    return try table.load(from: locations)
  }

  private let text = """
    filename,species,patient,age
    a.png,rose,p1,30
    images/b.png,daisy,p2,40
    images/c 1.png,daisy,p1,50

    """

  @Test func `pictures are decoded in the order of the lines`() throws {
    let loaded = try load(text, test: "species,filename\nrose,images/b.png\n")
    #expect(loaded.imageShape.lengths == [2, 2, 1])
    #expect(loaded.classNames == ["daisy", "rose"])
    #expect(loaded.training.names == ["a.png", "images/b.png", "images/c 1.png"])
    #expect(loaded.training.labels == [1, 0, 0])
    #expect(loaded.training.images.allSatisfy { $0 == 7 })
    #expect(loaded.test?.labels == [1])
    #expect(loaded.notes == ["columns without use: patient, age"])
  }

  @Test func `groups and the fields of pictures are obeyed`() throws {
    let loaded = try load(text) {
      $0.group = "patient"
      $0.pictures.colorMode = .rgb
      $0.pictures.imageSize = 1
    }
    #expect(loaded.imageShape.lengths == [1, 1, 3])
    #expect(loaded.training.groups == ["p1", "p2", "p1"])
  }

  @Test(arguments: [
    ("species", "filename", "column 'species' serves as label and as group"),
    ("patient", "species", "column 'species' serves as label and as image"),
    ("filename", "filename", "column 'filename' serves as group and as image"),
  ])
  func `a column has one purpose`(group: String, image: String, message: String) throws {
    let error = try datasetError {
      try load(text) {
        $0.group = group
        $0.image = image
      }
    }
    #expect(error.message == message)
  }

  @Test func `all files that cannot be read are named at once, or left out`() throws {
    try folder.write(Array("<html>".utf8), to: "page.jpg")
    let text = text + "page.jpg,rose,p3,1\nnone.png,rose,p3,1\n"
    let error = try datasetError { try load(text) }
    #expect(error.message.contains("2 of 5 pictures cannot be read"))
    #expect(error.message.contains("page.jpg") && error.message.contains("none.png"))
    let loaded = try load(text) { $0.pictures.onError = .skip }
    #expect(loaded.training.count == 3)
    #expect(loaded.notes.contains { $0.contains("2 pictures cannot be read") })
    let lost = try datasetError {
      try load(text.replacing("a.png,rose", with: "page.jpg,rose")) { $0.pictures.onError = .skip }
    }
    #expect(lost.message == "no picture can be read of class rose")
  }

  @Test func `the others stay whole where pictures are left out`() throws {
    try folder.write(Array("<html>".utf8), to: "page.jpg")
    for value: UInt8 in 1...3 {
      try folder.write(
        try Picture(.init(height: 1, width: 2, channels: 1), filledWith: value).encodedPNG(),
        to: "\(value).png")
    }
    let text =
      "filename,species\npage.jpg,a\n1.png,a\n2.png,b\npage.jpg,b\npage.jpg,b\n3.png,a\n"
    let loaded = try load(text) { $0.pictures.onError = .skip }
    #expect(Array(loaded.training.images) == [1, 1, 2, 2, 3, 3])
    #expect(loaded.training.labels == [0, 1, 0])
    #expect(loaded.training.names == ["1.png", "2.png", "3.png"])
  }

  @Test func `a small file of endless lines is an error before memory ends`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TestFolder()
      let line = "a.png,x," + String(repeating: "a", count: 1000) + "\n"
      let text = "filename,label,group\n" + String(repeating: line, count: 300_000)
      let path = try folder.write(Array(text.utf8), to: "t.csv", gzipped: true)
      var table = CSVTable()
      table.path = FilePath(path)
      table.image = "group"
      let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        .prefix { $0 != " " }
      let room = try #require(UInt(pages)) * UInt(getpagesize()) + 1 << 28
      var limit = rlimit(rlim_cur: room, rlim_max: room)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
      let error = try datasetError { try table.load(from: cache(folder)) }
      try #require(error.message.hasPrefix("no memory for its"))
    }
  }

  @Test func `a picture that may not be opened is never skipped`() throws {
    chmod(folder.path, 0o777)
    chmod("\(folder.path)/images/b.png", 0)
    let error = try #require(throws: StorageError.self) {
      try asOrdinaryUser { try load(text) { $0.pictures.onError = .skip } }
    }
    #expect(error.code == EACCES && Storage.name(of: error.path) == "b.png")
  }

  @Test func `a folder that is a link leads nowhere`() throws {
    let outside = try TestFolder()
    try outside.write(try folder.bytes(of: "a.png"), to: "1.png")
    try Storage.createLink("\(folder.path)/outside", to: outside.path)
    let error = try datasetError { try load(text + "outside/1.png,rose,p3,1\n") }
    #expect(error.message.hasSuffix("outside/1.png: it is a link, which is not followed"))
  }

  @Test(arguments: [
    ("/etc/passwd", "'/etc/passwd' is not below the folder of the table"),
    ("images/../../x.png", "'images/../../x.png' is not below the folder of the table"),
    ("", "the file name is missing"),
  ])
  func `a name that leads elsewhere is refused`(name: String, message: String) throws {
    let error = try datasetError { try load("species,filename\nrose,a.png\ndaisy,\(name)\n") }
    #expect(Storage.name(of: error.path) == "train.csv:3:7")
    #expect(error.message == message)
  }

  @Test(arguments: [
    ("{path: t.csv, color_mode: rgb}", "'color_mode' is for files of pictures"),
    (
      "{path: t.csv, image: f, image_shape: [2, 2]}",
      "'image_shape' is for columns of pixels"
    ),
    ("{path: t.csv, image: f, fit: crop}", "there is no 'image_size'"),
  ])
  func `fields of the other kind of table are told`(text: String, message: String) throws {
    var diagnostics = Diagnostics()
    let tree = YAML.parse(SourceFile(path: "t.yaml", text: text), &diagnostics)
    #expect(tree.flatMap { CSVTable.decode($0, &diagnostics) } == nil)
    #expect(diagnostics.rendered().contains(message))
  }
}
