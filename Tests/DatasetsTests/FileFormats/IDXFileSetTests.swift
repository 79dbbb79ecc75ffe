import Datasets
import Files
import Glibc
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
    #expect(Array(dataset.training.images) == (0..<24).map { $0 })
    let test = try #require(dataset.test)
    #expect(test.labels == [1, 0])
    #expect(Array(test.images) == (100..<112).map { $0 })
    #expect(dataset.digest == Self.digest)
  }

  /// As hashlib has it.
  private static let digest = DataDigest(
    imageShape: [2, 3, 1],
    training: .init(
      count: 4, pixels: "1d64add2a6388367c9bc2d1f1b384b069a6ef382cdaaa89771dd103e28613a25",
      labels: "d5e2d2ac07b741be58f6b9e50ede5fdcf16f3e8053ecef9350e7744b0d8bd90c"),
    test: .init(
      count: 2, pixels: "56bd9580f1ab2a53b77eeaa703b9a35863b638d8c7292eba2ad40b53a90dad42",
      labels: "47dc540c94ceb704a23875c11273e16bb0b8a87aed84de911f2133568115f254"))

  private func index(settling: Int = -60_000_000_000) throws -> FileIndex {
    // Changes in one tick of the file system's clock cannot be seen; in earnest the policy keeps clear of them.
    usleep(12_000)
    let path = folder.path
    return FileIndex(
      "digests", in: try Folder(path), IndexPolicy(fewest: 1, settling: settling)
    ) { try Folder(path) }
  }

  @Test func `the digest of files that are as they were is known without reading them`() throws {
    #expect(try files.digest(nil) == Self.digest)
    #expect(try files.digest(index()) == Self.digest)
    let bytes = try Storage.read("\(folder.path)/digests")
    let known = try #require(FileIndexFormat.extracts(in: bytes))
    // The labels are read, since what they mean depends on all of them.
    #expect(known.count == 2)
    // Only the index says this, so it can come from nowhere else.
    let changed = known.map { stamp, range in
      let text = String(decoding: bytes[range], as: UTF8.self)
      return (
        stamp: stamp,
        extract: Array(
          text.replacing(
            "56bd9580f1ab2a53b77eeaa703b9a35863b638d8c7292eba2ad40b53a90dad42", with: "0f"
          ).utf8)[...]
      )
    }
    try Storage.write(
      #require(FileIndexFormat.bytes(of: changed)), to: "\(folder.path)/digests")
    #expect(try files.digest(index()).test?.pixels == "0f")
  }

  @Test func `a changed file has another digest, whatever its size and times are`() throws {
    #expect(try files.digest(index()) == Self.digest)
    let path = "\(folder.path)/t10k-labels-idx1-ubyte"
    var status = stat()
    #expect(stat(path, &status) == 0)
    try folder.write(idx([2], [0, 1]), to: "t10k-labels-idx1-ubyte")
    #expect(utimensat(AT_FDCWD, path, [status.st_atim, status.st_mtim], 0) == 0)
    let changed = try files.digest(index())
    #expect(changed.training == Self.digest.training)
    #expect(changed.test?.pixels == Self.digest.test?.pixels)
    #expect(changed.test?.labels == SHA256.hexDigest(of: [0, 1]))
  }

  @Test func `files that have just changed are read again`() throws {
    #expect(try files.digest(index(settling: 60_000_000_000)) == Self.digest)
    #expect(!Storage.exists("\(folder.path)/digests"))
  }

  @Test func `gzipped files have the digest of their contents`() throws {
    for (name, bytes) in smallDataset {
      try folder.write(bytes, to: "gz/\(name)", gzipped: true)
    }
    let zipped = IDXFileSet { "\(folder.path)/gz/\($0)" }
    #expect(try zipped.digest(index()) == Self.digest)
    #expect(try zipped.load(type: "idx").digest == Self.digest)
  }

  @Test func `a summary tells shape, classes and counts`() throws {
    #expect(
      try files.summarize()
        == DatasetSummary(
          imageShape: ImageShape(height: 2, width: 3, channels: 1), classNames: ["0", "1"],
          trainingCount: 4, testCount: 2, labels: [0, 1, 1, 0]))
  }

  @Test func `numbers of images and labels must agree`() throws {
    let path = try folder.write(idx([3], [0, 1, 1]), to: "train-labels-idx1-ubyte")
    let error = try datasetError { try files.load(type: "idx") }
    #expect(
      error.description == """
        \(path): error: holds 3 labels, but \(folder.path)/train-images-idx3-ubyte holds 4 images
        hint: use image and label files that were made together
        """)
    // A check and the identity of an experiment need not more than the headers to know.
    #expect(try datasetError { try files.summarize() } == error)
    #expect(try datasetError { try files.digest(nil) } == error)
  }

  @Test(arguments: 0..<4)
  func `headers are compared before anything that they announce is read`(file: Int) throws {
    // Of each file in turn the header announces a million times of what is there.
    let counts = [4_000_000, 4_000_000, 2_000_000, 2_000_000]
    let size = file % 2 == 0 ? [2, 3] : []
    let path = "\(folder.path)/\(IDXFileSet.names[file])"
    try folder.write(idx([counts[file]] + size, []), to: IDXFileSet.names[file])
    #expect(truncate(path, 1 << 30) == 0)
    let error = try datasetError { try files.load(type: "idx") }
    #expect(error.message.contains("labels, but"))
    #expect(try datasetError { try files.summarize() } == error)
  }

  @Test func `more than the machine's memory is an error, not an attempt`() throws {
    // Sparse files: their headers agree, and their sizes are what they announce.
    let count = 0xffff_ffff
    for (name, size) in zip(IDXFileSet.names, [[50, 50], [], [50, 50], []]) {
      let path = try folder.write(idx([count] + size, []), to: name)
      try #require(truncate(path, 16 + count * size.reduce(1, *)) == 0)
    }
    for work: () throws -> Void in [
      { _ = try files.load(type: "idx") }, { _ = try files.summarize() },
      { _ = try files.digest(nil) },
    ] {
      let error = try datasetError(of: work)
      #expect(error.path == "\(folder.path)/\(IDXFileSet.names[0])")
      #expect(error.message == "no memory for its 11 TB of images or labels")
    }
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
}
