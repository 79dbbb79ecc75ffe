import Tensors

/// Images and their labels, as they come from a file or a generator.
package struct LabelledImages: Sendable {
  /// The pixels of all images, one image after the other, each in the order height, width,
  /// channels.
  package let images: PixelStorage
  /// The class of each image.
  package let labels: [UInt8]
  /// The file of each image, as the dataset's folder or table names it; nil where images have none.
  package let names: [String]?
  /// The name of each image's group: images of one group stay in one part. Nil if nothing groups them.
  package let groups: [String]?

  /// Number of images.
  package var count: Int { labels.count }

  /// Number of bytes of an image; 0 if there are no images.
  var imageSize: Int { labels.isEmpty ? 0 : images.count / labels.count }

  /// `labels.count` images with the pixels `images`.
  package init(
    images: PixelStorage, labels: [UInt8], names: [String]? = nil, groups: [String]? = nil
  ) {
    precondition(labels.isEmpty ? images.isEmpty : images.count % labels.count == 0)
    precondition(names.map { $0.count == labels.count } ?? true)
    precondition(groups.map { $0.count == labels.count } ?? true)
    self.images = images
    self.labels = labels
    self.names = names
    self.groups = groups
  }

  /// The same from a copy of `images`.
  package init(
    images: [UInt8], labels: [UInt8], names: [String]? = nil, groups: [String]? = nil
  ) {
    self.init(images: PixelStorage(images), labels: labels, names: names, groups: groups)
  }

  /// The bytes of the image at `index`.
  func bytes(of index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: images.bytes[index * imageSize..<(index + 1) * imageSize])
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
  /// The labels that the first class may have in the dataset's files: 0 or 1, or both where images to score do not tell.
  /// Empty where they do not number the classes.
  package let firstLabels: [Int]
  /// Images to train on, or to hold out for validation.
  package let training: LabelledImages
  /// Images to choose by, where the dataset brings such a part.
  package let validation: LabelledImages?
  /// Images for the final score; nil if the dataset has none.
  package let test: LabelledImages?
  /// Facts that its user should know, a sentence each: pictures that were left out, labels that were renumbered.
  package let notes: [String]
  /// The digest that distinguishes it from other datasets.
  package let digest: DataDigest

  /// Number of classes.
  package var classCount: Int { classNames.count }

  /// A dataset of these parts. The digest is computed unless it is given.
  package init(
    type: String, imageShape: ImageShape, classNames: [String], firstLabels: [Int] = [],
    training: LabelledImages, validation: LabelledImages? = nil, test: LabelledImages? = nil,
    notes: [String] = [], digest: DataDigest? = nil
  ) {
    for part in [training, validation, test].compactMap(\.self) {
      precondition(part.images.count == part.count * imageShape.elementCount)
    }
    self.type = type
    self.imageShape = imageShape
    self.classNames = classNames
    self.firstLabels = firstLabels
    self.training = training
    self.validation = validation
    self.test = test
    self.notes = notes
    self.digest =
      digest
      ?? DataDigest(
        imageShape: imageShape.lengths, training: .init(training),
        validation: validation.map { .init($0) }, test: test.map { .init($0) })
  }

  /// The same images as a test part, without any to train on.
  func asTestAlone() -> LoadedDataset {
    let none = LabelledImages(images: [], labels: [])
    return LoadedDataset(
      type: type, imageShape: imageShape, classNames: classNames, firstLabels: firstLabels,
      training: none, test: training, notes: notes,
      digest: DataDigest(
        imageShape: imageShape.lengths, training: .init(none), validation: nil,
        test: digest.training))
  }

  /// The same dataset with `notes` after its own.
  func adding(notes: [String]) -> LoadedDataset {
    LoadedDataset(
      type: type, imageShape: imageShape, classNames: classNames, firstLabels: firstLabels,
      training: training, validation: validation, test: test, notes: self.notes + notes,
      digest: digest)
  }

  /// The facts about it that can be known without its pixels.
  package var summary: DatasetSummary {
    DatasetSummary(
      imageShape: imageShape, classNames: classNames, trainingCount: training.count,
      validationCount: validation?.count, testCount: test?.count, notes: notes,
      labels: training.labels, groups: training.groups)
  }
}

/// The facts about a dataset that are known without reading its images.
package struct DatasetSummary: Equatable, Sendable {
  /// Size of every image.
  package let imageShape: ImageShape
  /// The name of each class in reports.
  package let classNames: [String]
  /// Number of training images, before any are held out.
  package let trainingCount: Int
  /// Number of images in the dataset's own validation part; nil if it has none.
  package let validationCount: Int?
  /// Number of images in the dataset's own test part; nil if it has none.
  package let testCount: Int?
  /// Facts that its user should know, a sentence each.
  package let notes: [String]
  /// The class of each training image; nil if they are not known before the images are read.
  package let labels: [UInt8]?
  /// The name of each training image's group; nil if nothing groups them. Where there are groups, labels are known.
  package let groups: [String]?

  /// Number of classes.
  package var classCount: Int { classNames.count }

  /// The number of training images of each class, before any are held out; nil if it is not known.
  package var classCounts: [Int]? {
    labels.map { labels in
      labels.reduce(into: [Int](repeating: 0, count: classCount)) { $0[Int($1)] += 1 }
    }
  }

  /// It without the classes of single images, as it is known before these are read.
  var withoutLabels: DatasetSummary {
    DatasetSummary(
      imageShape: imageShape, classNames: classNames, trainingCount: trainingCount,
      validationCount: validationCount, testCount: testCount, notes: notes)
  }

  /// Bytes of all images and labels in memory.
  package var byteCount: Int {
    (trainingCount + (validationCount ?? 0) + (testCount ?? 0)) * (imageShape.elementCount + 1)
  }

  /// A summary of these numbers.
  package init(
    imageShape: ImageShape, classNames: [String], trainingCount: Int, validationCount: Int? = nil,
    testCount: Int? = nil, notes: [String] = [], labels: [UInt8]? = nil, groups: [String]? = nil
  ) {
    self.imageShape = imageShape
    self.classNames = classNames
    self.trainingCount = trainingCount
    self.validationCount = validationCount
    self.testCount = testCount
    self.notes = notes
    self.labels = labels
    self.groups = groups
  }
}
