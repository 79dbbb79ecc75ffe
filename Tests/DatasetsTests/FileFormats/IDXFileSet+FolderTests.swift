import Datasets
import Files
import Specs
import Testing

/// Which files of a folder are a dataset, and which classes their labels mean.
@Suite struct IDXFileSetFolderTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private let locations = DataLocations(environment: { _ in nil })

  private func dataset(prefix: String? = nil, classNames: [String]? = nil) -> IDXFolder {
    var dataset = IDXFolder()
    dataset.path = FilePath(folder.path)
    dataset.prefix = prefix
    dataset.classes.classNames = classNames
    return dataset
  }

  private func load(_ prefix: String? = nil) throws -> LoadedDataset {
    try dataset(prefix: prefix).load(from: locations)
  }

  /// Writes a set of 1×1 pixels with these labels.
  private func write(
    _ prefix: String = "", labels: [UInt8], testLabels: [UInt8]? = nil, test: String = "t10k"
  ) throws {
    for (part, labels) in [("train", labels), (test, testLabels ?? [])] where !labels.isEmpty {
      try folder.write(
        idx([labels.count, 1, 1], labels), to: "\(prefix)\(part)-images-idx3-ubyte.gz",
        gzipped: true)
      try folder.write(idx([labels.count], labels), to: "\(prefix)\(part)-labels-idx1-ubyte")
    }
  }

  @Test func `the only set of a folder is found by itself, others by their prefix`() throws {
    try write("emnist-letters-", labels: [0, 1], testLabels: [1], test: "test")
    #expect(try load().test?.labels == [1])
    #expect(try load("emnist-letters").training.count == 2)
    try write("emnist-digits-", labels: [0, 1, 2])
    let error = try datasetError { try load() }
    #expect(
      error.description == """
        \(folder.path): error: holds several sets of IDX files: 'emnist-digits', 'emnist-letters'
        hint: choose one, such as 'prefix: emnist-digits'
        """)
    #expect(try load("emnist-digits").training.count == 3)
    #expect(
      try datasetError { try load("emnist") }.message
        == "holds no IDX files with the prefix 'emnist', but with 'emnist-digits', 'emnist-letters'"
    )
    // MNIST's own names have none.
    try write(labels: [0, 1, 2, 3])
    #expect(try load().training.count == 4)
  }

  @Test func `a folder need not have a test part, but a part needs images and labels`() throws {
    try write(labels: [0, 1])
    #expect(try load().test == nil)
    #expect(try dataset().summarize(in: locations) == load().summary)
    #expect(try dataset().digest(in: locations) == load().digest)
    try folder.write(idx([1], [0]), to: "test-labels-idx1-ubyte")
    let error = try datasetError { try load() }
    #expect(error.path == "\(folder.path)/t10k-images-idx3-ubyte")
    #expect(error.message == "no such file or folder")
  }

  @Test func `two files for one purpose are told`() throws {
    try write(labels: [0, 1], testLabels: [1])
    try folder.write(idx([1, 1, 1], [0]), to: "test-images-idx3-ubyte")
    #expect(
      try datasetError { try load() }.message
        == "holds several files for one purpose: t10k-images-idx3-ubyte.gz, test-images-idx3-ubyte")
  }

  @Test func `images of four dimensions are in colour`() throws {
    try folder.write(idx([2, 1, 1, 3], [1, 2, 3, 4, 5, 6]), to: "train-images-idx4-ubyte")
    try folder.write(idx([2], [0, 1]), to: "train-labels-idx1-ubyte")
    #expect(try load().imageShape.channels == 3)
  }

  @Test func `labels from 1 are classes from 0, which is said`() throws {
    try write(labels: [2, 1, 3, 3], testLabels: [1, 3])
    let loaded = try load()
    #expect(loaded.training.labels == [1, 0, 2, 2])
    #expect(loaded.test?.labels == [0, 2])
    #expect(loaded.classNames == ["1", "2", "3"])
    #expect(loaded.notes == ["labels 1 to 3 are classes 0 to 2"])
    #expect(try dataset().summarize(in: locations) == loaded.summary)
    // The digest is that of the classes, with an index and without.
    let digest = try dataset().digest(in: cache(folder))
    #expect(digest == loaded.digest)
    #expect(digest.training.labels == SHA256.hexDigest(of: [1, 0, 2, 2]))
    #expect(try dataset().digest(in: cache(folder)) == digest)
  }

  @Test func `a label far above the others is no class without a word`() throws {
    try write(labels: [0, 1, 2, 255, 4, 0])
    let error = try datasetError { try load() }
    #expect(error.path == "\(folder.path)/train-labels-idx1-ubyte")
    #expect(
      error.message
        == "no training image has label 3, 5 to 254, but 1 has label 255, the first of them image 3"
    )
    #expect(error.hint.contains("name all 256 in 'class_names'"))
    #expect(try datasetError { try dataset().summarize(in: locations) } == error)
    #expect(try datasetError { try dataset().digest(in: locations) } == error)
  }

  @Test func `names say how many classes there are, also those without images`() throws {
    try write(labels: [1, 3, 1])
    let named = try dataset(classNames: ["a", "b", "c", "d", "e"]).load(from: locations)
    #expect(named.training.labels == [1, 3, 1])
    #expect(named.notes == ["no training image is of class a, c, e"])
    // As many as the highest label: they count from 1.
    let letters = try dataset(classNames: ["a", "b", "c"]).load(from: locations)
    #expect(letters.training.labels == [0, 2, 0])
    #expect(
      letters.notes == ["labels 1 to 3 are classes 0 to 2", "no training image is of class b"])
    #expect(
      try datasetError { try dataset(classNames: ["a", "b"]).load(from: locations) }.message
        == "its labels go up to 3, but 'class_names' has 2 names")
  }
}
