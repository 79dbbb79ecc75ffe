import Datasets
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

  private let locations = DataLocations()

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

  @Test func `a missing file or folder is named`() throws {
    var dataset = IDXFolder()
    dataset.path = FilePath("\(folder.path)/nothing")
    let error = try datasetError { try dataset.load(from: locations) }
    #expect(
      error.description == """
        \(folder.path)/nothing/train-images-idx3-ubyte: error: no such file or folder
        hint: the folder needs train-images-idx3-ubyte, train-labels-idx1-ubyte, \
        t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, plain or with .gz; \
        a relative path starts at the folder of the YAML file
        """)
  }
}
