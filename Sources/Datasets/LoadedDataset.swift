public import Tensors

/// Images and their labels, as they come from a file or a generator.
public struct LabelledImages: Sendable {
  /// The pixels of all images, one image after the other, each in the order height, width,
  /// channels.
  public let images: [UInt8]
  /// The class of each image.
  public let labels: [UInt8]

  /// Number of images.
  public var count: Int { labels.count }

  /// `labels.count` images with the pixels `images`.
  public init(images: [UInt8], labels: [UInt8]) {
    precondition(labels.isEmpty ? images.isEmpty : images.count % labels.count == 0)
    (self.images, self.labels) = (images, labels)
  }
}

/// A dataset in memory, before anything is held out or normalized.
public struct LoadedDataset: Sendable {
  /// Name of its type in a spec, such as `mnist`.
  public let type: String
  /// Size of every image.
  public let imageShape: ImageShape
  /// What to call each class in reports.
  public let classNames: [String]
  /// Images to train on, or to hold out for validation.
  public let training: LabelledImages
  /// Images for the final score.
  public let test: LabelledImages
  /// SHA-256 of the decompressed contents, by file name.
  public let checksums: [String: String]

  /// Number of classes.
  public var classCount: Int { classNames.count }

  /// A dataset of these parts.
  public init(
    type: String, imageShape: ImageShape, classNames: [String], training: LabelledImages,
    test: LabelledImages, checksums: [String: String]
  ) {
    for part in [training, test] {
      precondition(part.images.count == part.count * imageShape.elementCount)
    }
    self.type = type
    self.imageShape = imageShape
    self.classNames = classNames
    self.training = training
    self.test = test
    self.checksums = checksums
  }
}

/// What can be told about a dataset without reading its images.
public struct DatasetSummary: Equatable, Sendable {
  /// Size of every image.
  public let imageShape: ImageShape
  /// Number of classes.
  public let classCount: Int
  /// Number of training images, before validation images are held out.
  public let trainingCount: Int
  /// Number of test images.
  public let testCount: Int

  /// Bytes of all images and labels in memory.
  public var byteCount: Int { (trainingCount + testCount) * (imageShape.elementCount + 1) }

  /// A summary of these numbers.
  public init(imageShape: ImageShape, classCount: Int, trainingCount: Int, testCount: Int) {
    self.imageShape = imageShape
    self.classCount = classCount
    self.trainingCount = trainingCount
    self.testCount = testCount
  }
}
