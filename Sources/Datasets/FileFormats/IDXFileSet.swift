import Files
import Tensors

/// The paths of the four files of a dataset with MNIST's file names.
package struct IDXFileSet {
  /// The files' names without the `.gz` that each may have: training images, training labels, test
  /// images, test labels.
  package static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]

  let trainingImages, trainingLabels, testImages, testLabels: String

  /// The set whose files are where `locate` finds them by name.
  package init(locate: (String) throws -> String) rethrows {
    trainingImages = try locate(Self.names[0])
    trainingLabels = try locate(Self.names[1])
    testImages = try locate(Self.names[2])
    testLabels = try locate(Self.names[3])
  }

  /// Reads all four files. The classes are 0 to the highest training label.
  ///
  /// Throws a `DatasetError` if a file's checksum is not the one that `checksums` has for its name. Contents with these
  /// checksums are known to have the `digest`.
  package func load(
    type: String, checksums expected: [String: String] = [:], digest: DataDigest? = nil
  ) throws -> LoadedDataset {
    let files = try open()
    func contents(_ file: IDXFile, _ name: String) throws -> [UInt8] {
      guard let expected = expected[name] else { return try file.contents() }
      let checksum = SHA256()
      let contents = try file.contents(checksum)
      let found = checksum.finalize()
      guard expected == found else {
        throw DatasetError(file.path, .wrongChecksum(found: found, expected: expected))
      }
      return contents
    }
    let names = Self.names
    let training = LabelledImages(
      images: try contents(files.training.images, names[0]),
      labels: try contents(files.training.labels, names[1]))
    let test = LabelledImages(
      images: try contents(files.test.images, names[2]),
      labels: try contents(files.test.labels, names[3]))
    var classes = LabelTable()
    training.labels.withUnsafeBytes { classes.add($0) }
    let classCount = try count(of: classes)
    try test.labels.withUnsafeBytes { try check($0, from: 0, classes) }
    return LoadedDataset(
      type: type, imageShape: files.training.images.imageShape,
      classNames: (0..<classCount).map(String.init), training: training, test: test, digest: digest)
  }

  /// The images and labels of a part of the dataset.
  private typealias Part = (images: IDXFile, labels: IDXFile)

  /// Opens all four files, whose headers have to agree before anything that they announce is read.
  private func open() throws -> (training: Part, test: Part) {
    let training = (
      images: try IDXFile(path: trainingImages, content: .images),
      labels: try IDXFile(path: trainingLabels, content: .labels)
    )
    let test = (
      images: try IDXFile(path: testImages, content: .images),
      labels: try IDXFile(path: testLabels, content: .labels)
    )
    let (shape, testShape) = (training.images.imageShape, test.images.imageShape)
    guard shape == testShape else {
      throw DatasetError(
        testImages,
        .imageSizeMismatch(
          found: "\(testShape)", expected: "\(shape)", expectedPath: trainingImages))
    }
    var byteCount = 0
    for (images, labels) in [training, test] {
      guard images.count == labels.count else {
        throw DatasetError(
          labels.path,
          .countMismatch(labels: labels.count, images: images.count, imagePath: images.path))
      }
      for file in [images, labels] {
        // Sparse files are of any size.
        let (sum, isTooLarge) = byteCount.addingReportingOverflow(file.byteCount)
        byteCount = isTooLarge ? .max : sum
        try DatasetError.requireMemory(byteCount, for: file.path)
      }
    }
    return (training, test)
  }

  /// The digest of the contents. Of files that are as they were when `known` learned theirs only headers are read.
  package func digest(_ known: FileIndex?) throws -> DataDigest {
    func contents(_ path: String, _ content: IDXContent) throws -> IDXDigest {
      try FileIndex.value(of: path, with: known) {
        let digest = try IDXDigest(IDXFile(path: path, content: content))
        return (digest, extract: digest.bytes)
      } restore: {
        try IDXDigest($0, of: path)
      }
    }
    func part(_ images: IDXDigest, _ labels: IDXDigest) -> DataDigest.Part {
      .init(count: labels.dimensions[0], pixels: images.checksum, labels: labels.checksum)
    }
    _ = try open()
    let images = try contents(trainingImages, .images)
    let digest = DataDigest(
      imageShape: IDXFile.imageShape(images.dimensions).lengths,
      training: part(images, try contents(trainingLabels, .labels)),
      test: part(try contents(testImages, .images), try contents(testLabels, .labels)))
    known?.save()
    return digest
  }

  /// Reads the headers of the files, and the labels.
  package func summarize() throws -> DatasetSummary {
    let (training, test) = try open()
    var classes = LabelTable()
    try training.labels.forEachPiece { classes.add($0) }
    let classCount = try count(of: classes)
    var start = 0
    try test.labels.forEachPiece { labels in
      try check(labels, from: start, classes)
      start += labels.count
    }
    return DatasetSummary(
      imageShape: training.images.imageShape, classNames: (0..<classCount).map(String.init),
      trainingCount: training.images.count, testCount: test.images.count)
  }

  /// A label below the highest may be unused, as 0 is in EMNIST's letters.
  private func count(of classes: LabelTable) throws -> Int {
    guard classes.count >= 2, let highest = classes.highest else {
      throw DatasetError(trainingLabels, .tooFewClasses)
    }
    return highest + 1
  }

  /// Throws if a test image, of those from `start` with these `labels`, is of a class that nothing was trained for.
  private func check(
    _ labels: UnsafeRawBufferPointer, from start: Int, _ classes: LabelTable
  ) throws {
    guard let index = labels.firstIndex(where: { !classes.contains($0) }) else { return }
    throw DatasetError(
      testLabels, .unknownLabel(label: Int(labels[index]), index: start + index))
  }
}

/// The set of labels that occur somewhere.
private struct LabelTable {
  private var occurs = [Bool](repeating: false, count: 256)

  var count: Int { occurs.count { $0 } }

  var highest: Int? { occurs.lastIndex(of: true) }

  mutating func add(_ labels: UnsafeRawBufferPointer) {
    for label in labels { occurs[Int(label)] = true }
  }

  func contains(_ label: UInt8) -> Bool { occurs[Int(label)] }
}
