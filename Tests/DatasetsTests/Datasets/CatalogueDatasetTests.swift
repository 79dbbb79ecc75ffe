import Datasets
import Files
import Foundation
import Tensors
import Testing

struct CatalogueDatasetTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test(arguments: [
    ("fashion_mnist", 4), ("kmnist", 4), ("emnist", 1), ("qmnist", 4), ("cifar10", 1), ("mnist", 4),
  ])
  func `what is published is named, and needs no files to be described`(
    type: String, count: Int
  ) throws {
    let datasets = DatasetCatalog.all.compactMap { $0 as? any DatasetSpec.Type }
    let dataset = try #require(datasets.first { $0.type == type })
    let files: PublishedDataset? = dataset.published
    let published = try #require(files)
    #expect(published.type == type)
    #expect(published.files.count == count)
    #expect(published.mirrors.allSatisfy { $0.hasPrefix("http") && $0.hasSuffix("/") })
    #expect(dataset.licence == published.licence)
    #expect(dataset.source != nil)
    let summary = try dataset.init().summarize(in: cache(folder))
    #expect(Set(summary.classNames).count == summary.classCount)
    #expect(folder.files() == [])
  }

  @Test(arguments: [
    (EMNIST.Split.balanced, 47, 112_800, 18_800), (.byclass, 62, 697_932, 116_323),
    (.bymerge, 47, 697_932, 116_323), (.digits, 10, 240_000, 40_000),
    (.letters, 26, 124_800, 20_800), (.mnist, 10, 60_000, 10_000),
  ])
  func `each split of EMNIST has its own classes, counts and files`(
    split: EMNIST.Split, classes: Int, training: Int, test: Int
  ) throws {
    var dataset = EMNIST()
    dataset.split = split
    let summary = dataset.summarize(in: cache(folder))
    #expect(summary.classCount == classes)
    #expect(summary.trainingCount == training)
    #expect(summary.testCount == test)
    #expect(EMNIST.published?.files[0].members.filter(dataset.fileNames.contains).count == 4)
  }

  @Test func `an archive is downloaded, unpacked, turned upright and its labels count from 0`()
    throws
  {
    let letters = try SmallLetters().load(from: cache(folder))
    // From make_catalogue.py.
    #expect(
      letters.digest.training.pixels
        == "20a3e0f50b66d8fe8ccd1284f7bfc4d66892890842a51b2fa6fe6dd50fa84904")
    #expect(
      letters.digest.test?.pixels
        == "70e64d238e01ea6b6d03499d26eb8a79251f4fba3fd996727f50afc680cea0f4")
    #expect(letters.training.labels == [0, 1, 1, 0])
    #expect(letters.test?.labels == [1, 0])
    #expect(
      folder.files()
        == (SmallLetters().fileNames.map { "exp/small_letters/\($0).gz" }
        + ["exp/small_letters/letters.zip"]).sorted())
    // Unpacked once: the archive is needed no more.
    try FileManager.default.removeItem(atPath: "\(folder.path)/exp/small_letters/letters.zip")
    #expect(try SmallLetters().load(from: cache(folder)).digest == letters.digest)
  }

  @Test func `an archive that lies there is compared with its checksum before it is unpacked`()
    throws
  {
    try folder.write([1, 2, 3], to: "exp/small_letters/letters.zip")
    let error = try datasetError { try SmallLetters().load(from: cache(folder)) }
    #expect(
      error.message.hasPrefix("wrong contents: the SHA-256 is 039058c6f2c0cb492c533b0a4d14ef7"))
    #expect(folder.files() == ["exp/small_letters/letters.zip"])
  }

  @Test func `an archive that lacks a file is told`() throws {
    let error = try datasetError { try SparseLetters().load(from: cache(folder)) }
    #expect(error.message == "has no file 'emnist-digits-train-images-idx3-ubyte' in it")
  }

  @Test func `of an archive that is damaged nothing is left unpacked`() throws {
    var bytes = try Storage.read(fixture("letters.zip"))
    // The first file's contents begin after 30 bytes, its name and more; their lengths are in bytes 26 to 29.
    bytes[30 + Int(bytes[26]) + Int(bytes[28]) + 12] ^= 0xff
    try folder.write(bytes, to: "exp/damaged/letters.zip")
    let dataset = PublishedDataset(
      type: "damaged", licence: "none",
      files: [
        .init(
          "letters.zip", byteCount: bytes.count, .sha256(SHA256.hexDigest(of: bytes)),
          members: SmallLetters().fileNames)
      ],
      mirrors: [])
    let error = try datasetError {
      try dataset.locate(SmallLetters().fileNames, in: cache(folder))
    }
    #expect(error.message.hasPrefix("damaged, or neither a zip nor a tar file: "))
    #expect(folder.files() == ["exp/damaged/letters.zip"])
  }

  @Test func `labels are the first of the integers in a row`() throws {
    let table = try Storage.read(fixture("table-idx2-int"))
    for name in ["train", "test"] {
      try folder.write(idx([3, 2, 2], Array(0..<12)), to: "exp/small_table/\(name)-images")
      try folder.write(table, to: "exp/small_table/\(name)-table", gzipped: true)
    }
    let loaded = try SmallTable().load(from: cache(folder))
    #expect(loaded.training.labels == [1, 0, 1])
    #expect(loaded.classNames == ["zero", "one"])
  }

  @Test func `files that are known by their contents are compared as they are read`() throws {
    for (name, bytes) in smallDataset { try folder.write(bytes, to: "exp/small_digits/\(name)") }
    let loaded = try SmallDigits().load(from: cache(folder))
    #expect(loaded.training.labels == [0, 1, 1, 0])
    #expect(loaded.test.map { Array($0.images) } == [UInt8](100..<112))
    #expect(loaded.digest == SmallDigits.knownDigest)
    for (name, bytes) in smallDataset {
      var wrong = bytes
      wrong[wrong.count - 1] ^= 1
      let path = try folder.write(wrong, to: "exp/small_digits/\(name)")
      let error = try datasetError { try SmallDigits().load(from: cache(folder)) }
      #expect(error.path == path)
      let found = SHA256.hexDigest(of: wrong)
      #expect(
        error.message.hasPrefix(
          "wrong contents: the SHA-256 of its decompressed bytes is \(found), expected"))
      try folder.write(bytes, to: "exp/small_digits/\(name)")
    }
  }

  @Test func `a digest that is known needs no files`() throws {
    #expect(try SmallDigits().digest(in: cache(folder)) == SmallDigits.knownDigest)
  }

  @Test func `files of another dataset are told by their counts, sizes and labels`() throws {
    func message(_ size: [Int], _ labels: [UInt8]) throws -> String {
      for name in ["train", "test"] {
        try folder.write(
          idx(size, .init(repeating: 0, count: size.reduce(1, *))),
          to: "exp/small_table/\(name)-images")
        let rows = labels.flatMap { [0, 0, 0, $0] + [UInt8](repeating: 0, count: 28) }
        let head = [0, 0, 12, 2, 0, 0, 0, UInt8(labels.count), 0, 0, 0, 8]
        try folder.write(head + rows, to: "exp/small_table/\(name)-table")
      }
      return try datasetError { try SmallTable().load(from: cache(folder)) }.message
    }
    #expect(
      try message([2, 2, 2], [0, 1])
        == "these are the files of another dataset: they hold 2 and 2 images of 2×2×1, expected 3 and 3 images of 2×2×1"
    )
    #expect(
      try message([3, 2, 3], [0, 1, 1])
        == "these are the files of another dataset: they hold 2×3×1, expected 2×2×1")
    #expect(
      try message([3, 2, 2], [0, 1, 2])
        == "label 2 of image 2 is not among the classes of the training images")
    #expect(
      try message([3, 2, 2], [0, 1]).hasPrefix("holds 2 labels, but "))
  }

  @Test func `torchvision's folders are found`() throws {
    for part in ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"] {
      try folder.write([], to: "root/FashionMNIST/raw/\(part)-ubyte")
    }
    for name in (1...5).map({ "data_batch_\($0)" }) + ["test_batch"] {
      try folder.write([], to: "root/cifar-10-batches-bin/\(name).bin")
    }
    let locations = DataLocations(
      dataDirectory: "\(folder.path)/root",
      environment: { $0 == "XDG_CACHE_HOME" ? folder.path : nil })
    for dataset in [FashionMNIST.files, CIFAR10.files] {
      let found = try dataset.find(in: locations)
      #expect(found.map(\.memberCount) == dataset.files.map(\.members.count))
    }
  }

  @Test func `a file is unknown where only its archive has a published checksum`() throws {
    let path = try folder.write(idx([1], [0]), to: "exp/fashion_mnist/train-labels-idx1-ubyte")
    let file = FashionMNIST.files.files[1]
    #expect(
      try file.verdict(onMember: path)
        == .unknown("only the checksum of train-labels-idx1-ubyte.gz is published"))
    let packed = try folder.write(
      idx([1], [0]), to: "exp/fashion_mnist/train-labels-idx1-ubyte.gz", gzipped: true)
    guard case .wrong = try file.verdict(onMember: packed) else {
      Issue.record("the packed file is known")
      return
    }
  }
}

/// EMNIST's format in 4×4 pixels, from an archive.
private struct SmallLetters: IDXCatalogueDataset {
  static let type = "small_letters"
  static let summary = "Two letters."
  static var isTransposed: Bool { true }
  var firstLabel: UInt8 { 1 }

  var facts: DatasetSummary {
    DatasetSummary(
      imageShape: ImageShape(height: 4, width: 4, channels: 1), classNames: ["A", "B"],
      trainingCount: 4, testCount: 2)
  }

  var fileNames: [String] { Self.files.files[0].members }

  static var files: PublishedDataset {
    var letters = EMNIST()
    letters.split = .letters
    return smallArchive(type, letters.fileNames)
  }
}

/// Files that are not in the archive.
private struct SparseLetters: IDXCatalogueDataset {
  static let type = "sparse_letters"
  static let summary = "No letters."
  var facts: DatasetSummary { SmallLetters().facts }
  var fileNames: [String] { Self.files.files[0].members }

  static var files: PublishedDataset {
    var digits = EMNIST()
    digits.split = .digits
    return smallArchive(type, digits.fileNames)
  }
}

/// The archive of the fixtures, which the folder of the fixtures is the mirror of.
private func smallArchive(_ type: String, _ members: [String]) -> PublishedDataset {
  let path = fixture("letters.zip")
  let bytes = (try? Storage.read(path)) ?? []
  return PublishedDataset(
    type: type, licence: "none",
    files: [
      .init(
        "letters.zip", byteCount: bytes.count, .sha256(SHA256.hexDigest(of: bytes)),
        members: members)
    ],
    mirrors: ["file://\(Storage.parent(of: path))/"])
}

/// QMNIST's format in 2×2 pixels.
private struct SmallTable: IDXCatalogueDataset {
  static let type = "small_table"
  static let summary = "Two classes."
  static var hasLabelTables: Bool { true }

  var facts: DatasetSummary {
    DatasetSummary(
      imageShape: ImageShape(height: 2, width: 2, channels: 1), classNames: ["zero", "one"],
      trainingCount: 3, testCount: 3)
  }

  var fileNames: [String] { Self.files.files.flatMap(\.members) }

  static let files = PublishedDataset(
    type: type, licence: "none",
    files: ["train-images", "train-table", "test-images", "test-table"].map {
      .init("\($0).gz", byteCount: 1, .sha256(""))
    },
    mirrors: [])
}

/// MNIST's format in 2×3 pixels.
private struct SmallDigits: IDXCatalogueDataset {
  static let type = "small_digits"
  static let summary = "Two digits."

  var facts: DatasetSummary {
    DatasetSummary(
      imageShape: ImageShape(height: 2, width: 3, channels: 1), classNames: ["0", "1"],
      trainingCount: 4, testCount: 2)
  }

  static let knownDigest: DataDigest? = DataDigest(
    imageShape: [2, 3, 1], training: .init(count: 4, pixels: "a", labels: "b"),
    test: .init(count: 2, pixels: "c", labels: "d"))

  static let files = PublishedDataset(
    type: type, licence: "none",
    files: smallDataset.map {
      .init(
        "\($0.name).gz", byteCount: $0.bytes.count,
        .contents(sha256: SHA256.hexDigest(of: $0.bytes), byteCount: $0.bytes.count))
    },
    mirrors: [])
}
