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
    func read(_ path: String, _ name: String, _ content: IDXContent) throws -> IDXFile {
      let file = try IDXFile(path: path, content: content, hasChecksum: expected[name] != nil)
      if let expected = expected[name], let found = file.checksum, expected != found {
        throw DatasetError(path, .wrongChecksum(found: found, expected: expected))
      }
      return file
    }
    let names = Self.names
    let training = (
      images: try read(trainingImages, names[0], .images),
      labels: try read(trainingLabels, names[1], .labels)
    )
    let test = (
      images: try read(testImages, names[2], .images),
      labels: try read(testLabels, names[3], .labels)
    )
    let imageShape = training.images.imageShape
    try checkImageSizes(training: imageShape, test: test.images.imageShape)
    for (images, labels) in [training, test] where images.count != labels.count {
      throw DatasetError(
        labels.path,
        .countMismatch(labels: labels.count, images: images.count, imagePath: images.path))
    }
    let classCount = try checkedClassCount(training: training.labels.bytes, test: test.labels.bytes)
    return LoadedDataset(
      type: type, imageShape: imageShape, classNames: (0..<classCount).map(String.init),
      training: LabelledImages(images: training.images.bytes, labels: training.labels.bytes),
      test: LabelledImages(images: test.images.bytes, labels: test.labels.bytes),
      digest: digest)
  }

  /// The digest of the contents. Files that are as they were when `known` learned theirs are not read.
  package func digest(_ known: FileIndex?) throws -> DataDigest {
    func contents(_ path: String, _ content: IDXContent) throws -> IDXDigest {
      try FileIndex.value(of: path, with: known) {
        let digest = IDXDigest(try IDXFile(path: path, content: content))
        return (digest, extract: digest.bytes)
      } restore: {
        try IDXDigest($0, of: path)
      }
    }
    func part(_ images: IDXDigest, _ labels: IDXDigest) -> DataDigest.Part {
      .init(count: labels.dimensions[0], pixels: images.checksum, labels: labels.checksum)
    }
    let images = try contents(trainingImages, .images)
    let digest = DataDigest(
      imageShape: IDXFile.imageShape(images.dimensions).lengths,
      training: part(images, try contents(trainingLabels, .labels)),
      test: part(try contents(testImages, .images), try contents(testLabels, .labels)))
    known?.save()
    return digest
  }

  /// Reads the headers of the image files and the labels.
  package func summarize() throws -> DatasetSummary {
    let training = try IDXFile.imageHeader(path: trainingImages)
    let test = try IDXFile.imageHeader(path: testImages)
    try checkImageSizes(training: training.imageShape, test: test.imageShape)
    let classCount = try checkedClassCount(
      training: IDXFile(path: trainingLabels, content: .labels).bytes,
      test: IDXFile(path: testLabels, content: .labels).bytes)
    return DatasetSummary(
      imageShape: training.imageShape, classCount: classCount, trainingCount: training.count,
      testCount: test.count)
  }

  private func checkImageSizes(training: ImageShape, test: ImageShape) throws {
    guard training == test else {
      throw DatasetError(
        testImages,
        .imageSizeMismatch(
          found: "\(test)", expected: "\(training)", expectedPath: trainingImages))
    }
  }

  /// A label below the highest may be unused, as 0 is in EMNIST's letters, but the test images must
  /// not have classes that nothing was trained for.
  private func checkedClassCount(training: [UInt8], test: [UInt8]) throws -> Int {
    let known = Set(training)
    guard known.count >= 2, let highest = known.max() else {
      throw DatasetError(trainingLabels, .tooFewClasses)
    }
    if let index = test.firstIndex(where: { !known.contains($0) }) {
      throw DatasetError(testLabels, .unknownLabel(label: Int(test[index]), index: index))
    }
    return Int(highest) + 1
  }
}
