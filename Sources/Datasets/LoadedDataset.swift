import Tensors

/// Images and their labels, as they come from a file or a generator.
package struct LabelledImages: Sendable {
  /// The pixels of all images, one image after the other, each in the order height, width,
  /// channels.
  package let images: [UInt8]
  /// The class of each image.
  package let labels: [UInt8]

  /// Number of images.
  package var count: Int { labels.count }

  /// `labels.count` images with the pixels `images`.
  package init(images: [UInt8], labels: [UInt8]) {
    precondition(labels.isEmpty ? images.isEmpty : images.count % labels.count == 0)
    self.images = images
    self.labels = labels
  }
}

/// A dataset in memory, before anything is held out or normalized.
package struct LoadedDataset: Sendable {
  /// Name of its type in a spec, such as `mnist`.
  package let type: String
  /// Size of every image.
  package let imageShape: ImageShape
  /// The name of each class in reports.
  package let classNames: [String]
  /// Images to train on, or to hold out for validation.
  package let training: LabelledImages
  /// Images for the final score.
  package let test: LabelledImages
  /// The digest that distinguishes it from other datasets.
  package let digest: DataDigest

  /// Number of classes.
  package var classCount: Int { classNames.count }

  /// A dataset of these parts. The digest is computed unless it is given.
  package init(
    type: String, imageShape: ImageShape, classNames: [String], training: LabelledImages,
    test: LabelledImages, digest: DataDigest? = nil
  ) {
    for part in [training, test] {
      precondition(part.images.count == part.count * imageShape.elementCount)
    }
    self.type = type
    self.imageShape = imageShape
    self.classNames = classNames
    self.training = training
    self.test = test
    self.digest =
      digest
      ?? DataDigest(imageShape: imageShape.lengths, training: .init(training), test: .init(test))
  }
}

/// The facts about a dataset that are known without reading its images.
package struct DatasetSummary: Equatable, Sendable {
  /// Size of every image.
  package let imageShape: ImageShape
  /// Number of classes.
  package let classCount: Int
  /// Number of training images, before validation images are held out.
  package let trainingCount: Int
  /// Number of test images.
  package let testCount: Int

  /// Bytes of all images and labels in memory.
  package var byteCount: Int { (trainingCount + testCount) * (imageShape.elementCount + 1) }

  /// A summary of these numbers.
  package init(imageShape: ImageShape, classCount: Int, trainingCount: Int, testCount: Int) {
    self.imageShape = imageShape
    self.classCount = classCount
    self.trainingCount = trainingCount
    self.testCount = testCount
  }
}
