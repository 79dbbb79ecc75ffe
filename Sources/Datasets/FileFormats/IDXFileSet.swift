internal import Tensors

/// The paths of the four files of a dataset in MNIST's layout.
struct IDXFileSet {
  /// The files' names without the `.gz` that each may have: training images, training labels, test
  /// images, test labels.
  static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]

  let trainingImages, trainingLabels, testImages, testLabels: String

  /// The set whose files are where `locate` finds them by name.
  init(locate: (String) throws -> String) rethrows {
    trainingImages = try locate(Self.names[0])
    trainingLabels = try locate(Self.names[1])
    testImages = try locate(Self.names[2])
    testLabels = try locate(Self.names[3])
  }

  /// Reads all four files. The classes are 0 to the highest training label.
  func load(type: String) throws -> LoadedDataset {
    let (training, trainingFiles) = try Self.readPart(
      images: trainingImages, labels: trainingLabels)
    let (test, testFiles) = try Self.readPart(images: testImages, labels: testLabels)
    let imageShape = trainingFiles[0].imageShape
    try checkImageSizes(training: imageShape, test: testFiles[0].imageShape)
    let classCount = try checkedClassCount(training: training.labels, test: test.labels)
    let checksums = (trainingFiles + testFiles).map(\.checksum)
    return LoadedDataset(
      type: type, imageShape: imageShape, classNames: (0..<classCount).map(String.init),
      training: training, test: test,
      checksums: Dictionary(uniqueKeysWithValues: zip(Self.names, checksums)))
  }

  /// Reads the headers of the image files and the labels.
  func summarize() throws -> DatasetSummary {
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

  private static func readPart(
    images imagePath: String, labels labelPath: String
  ) throws -> (LabelledImages, files: [IDXFile]) {
    let labels = try IDXFile(path: labelPath, content: .labels)
    let images = try IDXFile(path: imagePath, content: .images)
    guard images.count == labels.count else {
      throw DatasetError(
        labelPath,
        .countMismatch(labels: labels.count, images: images.count, imagePath: imagePath))
    }
    return (LabelledImages(images: images.bytes, labels: labels.bytes), [images, labels])
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
