import Datasets
import Files
import Tensors
import Testing

struct IDXFileSetTests {
  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    for (name, bytes) in smallDataset { try folder.write(bytes, to: name) }
  }

  private var files: IDXFileSet { IDXFileSet { "\(folder.path)/\($0)" } }

  @Test func `reads the four files in MNIST's layout`() throws {
    let dataset = try files.load(type: "idx")
    #expect(dataset.type == "idx")
    #expect(dataset.imageShape == ImageShape(height: 2, width: 3, channels: 1))
    #expect(dataset.classNames == ["0", "1"])
    #expect(dataset.training.labels == [0, 1, 1, 0])
    #expect(dataset.training.images == (0..<24).map { $0 })
    #expect(dataset.test.labels == [1, 0])
    #expect(dataset.test.images == (100..<112).map { $0 })
    #expect(
      dataset.checksums
        == Dictionary(
          uniqueKeysWithValues: smallDataset.map { ($0.name, SHA256.hexDigest(of: $0.bytes)) }))
  }

  @Test func `a summary tells shape, classes and counts`() throws {
    #expect(
      try files.summarize()
        == DatasetSummary(
          imageShape: ImageShape(height: 2, width: 3, channels: 1), classCount: 2,
          trainingCount: 4, testCount: 2))
  }

  @Test func `numbers of images and labels must agree`() throws {
    let path = try folder.write(idx([3], [0, 1, 1]), to: "train-labels-idx1-ubyte")
    let error = try datasetError { try files.load(type: "idx") }
    #expect(
      error.description == """
        \(path): error: holds 3 labels, but \(folder.path)/train-images-idx3-ubyte holds 4 images
        hint: use image and label files that were made together
        """)
  }

  @Test func `a test label that no training image has is outside the classes`() throws {
    let path = try folder.write(idx([2], [1, 7]), to: "t10k-labels-idx1-ubyte")
    let error = try datasetError { try files.load(type: "idx") }
    #expect(
      error.description == """
        \(path): error: label 7 of image 1 is not among the classes of the training images
        hint: labels count from 0, and each class needs images to train on
        """)
    #expect(try datasetError { try files.summarize() } == error)
  }

  @Test func `training labels may leave out a class`() throws {
    try folder.write(idx([4], [1, 255, 2, 1]), to: "train-labels-idx1-ubyte")
    try folder.write(idx([2], [1, 2]), to: "t10k-labels-idx1-ubyte")
    #expect(try files.load(type: "idx").classCount == 256)
  }

  @Test func `one class is not enough`() throws {
    let path = try folder.write(idx([4], [0, 0, 0, 0]), to: "train-labels-idx1-ubyte")
    #expect(
      try datasetError { try files.load(type: "idx") }
        == DatasetError(path, .tooFewClasses))
  }

  @Test func `training and test images must have one size`() throws {
    let path = try folder.write(
      idx([2, 3, 2], (0..<12).map { $0 }), to: "t10k-images-idx3-ubyte")
    let error = try datasetError { try files.load(type: "idx") }
    #expect(error.path == path)
    #expect(
      error.message
        == "its images are 3×2×1, but those of \(folder.path)/train-images-idx3-ubyte are 2×3×1")
  }

  @Test func `a wrong checksum names file, expected and found`() throws {
    let name = "t10k-labels-idx1-ubyte"
    let error = try datasetError { try files.load(type: "mnist", checksums: [name: "0f"]) }
    let found = SHA256.hexDigest(of: smallDataset[3].bytes)
    #expect(
      error.description == """
        \(folder.path)/\(name): error: wrong contents: the SHA-256 of its decompressed bytes is \
        \(found), expected 0f
        hint: delete the file to have it downloaded anew, or copy it again
        """)
  }
}
