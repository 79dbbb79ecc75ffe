import Files
import Tensors

/// The paths of the IDX files of a dataset: images and labels to train on, and to test with.
package struct IDXFileSet {
  /// MNIST's names, without the `.gz` that each may have: training images, training labels, test images, test labels.
  package static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]

  /// The paths of the two files of a part.
  package struct Part: Equatable, Sendable {
    let images: String
    let labels: String

    /// Opens both files, which have to agree in their counts.
    func open(labels content: IDXContent = .labels) throws -> (images: IDXFile, labels: IDXFile) {
      let images = try IDXFile(path: self.images, content: .images)
      let labels = try IDXFile(path: self.labels, content: content)
      guard images.count == labels.count else {
        throw DatasetError(
          labels.path,
          .countMismatch(labels: labels.count, images: images.count, imagePath: images.path))
      }
      return (images, labels)
    }
  }

  let training: Part
  /// Nil if there is no test part.
  let test: Part?
  /// True if what stands in the place of the training images is a test part that has none beside it.
  let isTestAlone: Bool

  init(training: Part, test: Part?) {
    self.training = training
    self.test = test
    isTestAlone = false
  }

  init(testAlone part: Part) {
    training = part
    test = nil
    isTestAlone = true
  }

  /// The set whose files are where `locate` finds them by MNIST's names.
  package init(locate: (String) throws -> String) rethrows {
    training = Part(images: try locate(Self.names[0]), labels: try locate(Self.names[1]))
    test = Part(images: try locate(Self.names[2]), labels: try locate(Self.names[3]))
    isTestAlone = false
  }

  /// Reads all files.
  package func load(type: String, classNames: [String]? = nil) throws -> LoadedDataset {
    try load(type: type, classNames: classNames, for: .training)
  }

  func load(type: String, classNames: [String]?, for use: DataUse) throws -> LoadedDataset {
    let files = try open()
    func pixels(_ file: IDXFile) throws -> PixelStorage {
      try PixelStorage(byteCount: file.byteCount) { try file.read(into: $0) }
    }
    let images = try pixels(files.training.images)
    let testImages = try files.test.map { try pixels($0.images) }
    let (classes, labels, testLabels) = try readLabels(of: files, classNames, for: use)
    let loaded = LoadedDataset(
      type: type, imageShape: files.training.images.imageShape, classNames: classes.names,
      firstLabels: classes.firstLabels,
      training: LabelledImages(images: images, labels: labels),
      test: testImages.map { LabelledImages(images: $0, labels: testLabels ?? []) },
      notes: classes.notes)
    return isTestAlone ? loaded.asTestAlone() : loaded
  }

  /// The digest of the contents. Of image files that are as they were when `known` learned theirs only headers are read.
  package func digest(_ known: FileIndex?, classNames: [String]? = nil) throws -> DataDigest {
    func part(_ path: String, _ labels: [UInt8]) throws -> (IDXDigest, DataDigest.Part) {
      let images = try FileIndex.value(of: path, with: known) {
        let digest = try IDXDigest(IDXFile(path: path, content: .images))
        return (digest, extract: digest.bytes)
      } restore: {
        try IDXDigest($0, of: path)
      }
      return (
        images,
        .init(
          count: labels.count, pixels: images.checksum, labels: SHA256.hexDigest(of: labels))
      )
    }
    let (_, labels, testLabels) = try readLabels(of: open(), classNames)
    let (images, training) = try part(self.training.images, labels)
    let digest = DataDigest(
      imageShape: IDXFile.imageShape(images.dimensions).lengths, training: training,
      test: try test.map { try part($0.images, testLabels ?? []).1 })
    known?.save()
    return digest
  }

  /// Reads the headers of the files, and the labels.
  package func summarize(classNames: [String]? = nil) throws -> DatasetSummary {
    let files = try open()
    let (classes, labels, _) = try readLabels(of: files, classNames)
    return DatasetSummary(
      imageShape: files.training.images.imageShape, classNames: classes.names,
      trainingCount: files.training.images.count, testCount: files.test?.images.count,
      notes: classes.notes, labels: labels)
  }

  /// The open files of a part, of which only headers have been read.
  private typealias OpenPart = (images: IDXFile, labels: IDXFile)

  /// Opens all files, whose headers have to agree before anything that they announce is read.
  private func open() throws -> (training: OpenPart, test: OpenPart?) {
    let (training, test) = (try self.training.open(), try self.test.map { try $0.open() })
    if let test, test.images.imageShape != training.images.imageShape {
      throw DatasetError(
        test.images.path,
        .imageSizeMismatch(
          found: "\(test.images.imageShape)", expected: "\(training.images.imageShape)",
          expectedPath: training.images.path))
    }
    var byteCount = 0
    for (images, labels) in [training, test].compactMap(\.self) {
      for file in [images, labels] {
        // Sparse files are of any size.
        let (sum, isTooLarge) = byteCount.addingReportingOverflow(file.byteCount)
        byteCount = isTooLarge ? .max : sum
        try DatasetError.requireMemory(byteCount, for: file.path)
      }
    }
    return (training, test)
  }

  /// Reads the labels and finds the class of each image.
  private func readLabels(
    of files: (training: OpenPart, test: OpenPart?), _ names: [String]?,
    for use: DataUse = .training
  ) throws -> (classes: NumberedClasses, training: [UInt8], test: [UInt8]?) {
    let labels = try files.training.labels.contents()
    let testLabels = try files.test?.labels.contents()
    let classes =
      use == .training
      ? try NumberedClasses(labels: labels, names: names, in: training.labels)
      : try NumberedClasses(scored: labels + (testLabels ?? []), names: names, in: training.labels)
    return (
      classes, try classes.classes(of: labels, in: training.labels),
      try test.flatMap { test in
        try testLabels.map { try classes.classes(of: $0, in: test.labels) }
      }
    )
  }
}
