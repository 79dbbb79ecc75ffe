import Datasets
import Foundation
import Specs
import Tensors
import Testing

struct IDXFolderTests {
  let folder: TestFolder
  private var dataset = IDXFolder()

  init() throws {
    folder = try TestFolder()
    dataset.path = FilePath("\(folder.path)/mine")
    for (index, file) in smallDataset.enumerated() {
      let isGzipped = index % 2 == 0
      try folder.write(
        file.bytes, to: "mine/\(file.name)\(isGzipped ? ".gz" : "")", gzipped: isGzipped)
    }
  }

  private let locations = DataLocations(environment: { _ in nil })

  @Test func `reads plain and gzipped files`() throws {
    let loaded = try dataset.load(from: locations)
    #expect(loaded.type == "idx")
    #expect(loaded.training.labels == [0, 1, 1, 0])
  }

  @Test func `a summary agrees with what is loaded`() throws {
    let summary = try dataset.summarize(in: locations)
    #expect(summary.imageShape == ImageShape(height: 2, width: 3, channels: 1))
    #expect((summary.classCount, summary.trainingCount, summary.testCount) == (2, 4, 2))
  }

  @Test
  func
    `a folder of the same name where the user says comes first, then that of the spec, then others`()
    throws
  {
    for place in ["named", "environment"] {
      for (file, bytes) in smallDataset { try folder.write(bytes, to: "\(place)/mine/\(file)") }
    }
    func test(_ named: String?, _ environment: String?) throws -> String {
      let locations = DataLocations(
        dataDirectory: named.map { "\(folder.path)/\($0)" },
        environment: { name in
          name == "EXP_DATA_DIR" ? environment.map { "\(folder.path)/\($0)" } : nil
        })
      let resolved = dataset.resolved(in: locations).path.path
      _ = try dataset.load(from: locations)
      return String(resolved.suffix(resolved.count - FilePath(folder.path).absolute.path.count))
    }
    #expect(try test("named", "environment") == "/named/mine")
    #expect(try test(nil, "environment") == "/mine")
    #expect(try test("elsewhere", "environment") == "/mine")
    try FileManager.default.removeItem(atPath: "\(folder.path)/mine")
    #expect(try test(nil, "environment") == "/environment/mine")
    #expect(try test("elsewhere", "environment") == "/environment/mine")
    #expect(try test("named", nil) == "/named/mine")
    #expect(throws: DatasetError.self) { try test("elsewhere", nil) }
    // Under another name it is named itself.
    #expect(try test("named/mine", nil) == "/named/mine")
  }

  @Test func `where it lies is no matter of its digest, which is that of what is loaded`() throws {
    let digest = try dataset.digest(in: locations)
    #expect(try dataset.load(from: locations).digest == digest)
    try FileManager.default.moveItem(
      atPath: "\(folder.path)/mine", toPath: "\(folder.path)/moved")
    var moved = dataset
    moved.path = FilePath("\(folder.path)/moved")
    #expect(try moved.digest(in: locations) == digest)
  }

  @Test func `a missing file or folder is named`() throws {
    var dataset = IDXFolder()
    dataset.path = FilePath("\(folder.path)/nothing")
    var error = try datasetError { try dataset.load(from: locations) }
    #expect(
      error.description == """
        \(folder.path)/nothing: error: no such file or folder
        hint: a relative path starts at the folder of the YAML file; '--data-dir FOLDER' looks for it by its name in \
        another folder
        """)
    try FileManager.default.createDirectory(
      atPath: dataset.path.path, withIntermediateDirectories: false)
    error = try datasetError { try dataset.load(from: locations) }
    #expect(
      error.description == """
        \(folder.path)/nothing: error: holds no IDX files named as MNIST's
        hint: the folder needs train-images-idx3-ubyte, train-labels-idx1-ubyte, \
        t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, plain or with .gz and with one prefix or none; \
        the last two may be missing together
        """)
  }
}
