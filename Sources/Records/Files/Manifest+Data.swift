extension Manifest {
  /// The images that a run was given.
  package struct DataSummary: Codable, Hashable, Sendable {
    /// The dataset's type: `mnist`.
    package let dataset: String
    /// Height, width, channels.
    package let imageShape: [Int]
    /// In class order.
    package let classNames: [String]
    /// The label of the first class in the dataset's files; nil where they do not number the classes, and in runs that
    /// did not record it yet.
    package let firstLabel: Int?
    /// Images to learn from.
    package let trainingCount: Int
    /// Images held out of training, to choose by.
    package let validationCount: Int
    /// Images for the final score.
    package let testCount: Int
    /// The number of these that were also among the images to learn from, pixel for pixel; nil if that is unknown, or
    /// there are none.
    package let sharedTestCount: Int?
    /// The contents of the dataset's training images before any are held out or left out, and of the images that
    /// validation and test score, if there are any.
    package let contents: [Contents]
    /// The map from a pixel's byte to the number that the network reads.
    package let scaling: Scaling

    enum CodingKeys: String, CodingKey {
      case dataset
      case imageShape = "image_shape"
      case classNames = "class_names"
      case firstLabel = "first_label"
      case trainingCount = "training_count"
      case validationCount = "validation_count"
      case testCount = "test_count"
      case sharedTestCount = "shared_test_count"
      case contents, scaling
    }

    /// Hashes what is short: checksums are long, and seldom all that differs.
    package func hash(into hasher: inout Hasher) {
      hasher.combine(dataset)
      hasher.combine(trainingCount)
    }

    /// Images of `dataset`, by what they are used for.
    package init(
      dataset: String, imageShape: [Int], classNames: [String], firstLabel: Int? = nil,
      trainingCount: Int, validationCount: Int, testCount: Int, sharedTestCount: Int? = nil,
      contents: [Contents], scaling: Scaling
    ) {
      self.dataset = dataset
      self.imageShape = imageShape
      self.classNames = classNames
      self.firstLabel = firstLabel
      self.trainingCount = trainingCount
      self.validationCount = validationCount
      self.testCount = testCount
      self.sharedTestCount = sharedTestCount
      self.contents = contents
      self.scaling = scaling
    }

    /// The same with other images for the final score, of which `sharedCount` were among those to learn from.
    func replacingTest(by images: Contents, sharedCount: Int?) -> Self {
      DataSummary(
        dataset: dataset, imageShape: imageShape, classNames: classNames,
        firstLabel: firstLabel, trainingCount: trainingCount, validationCount: validationCount,
        testCount: images.count, sharedTestCount: sharedCount,
        contents: contents.filter { $0.part != .test } + [images], scaling: scaling)
    }

    /// The contents of `part`; nil if there are none.
    package func contents(of part: DataPart) -> Contents? { contents.first { $0.part == part } }
  }

  /// A part of the data by its use.
  package enum DataPart: String, Codable, Hashable, Sendable {
    case training, validation, test
  }

  /// Images and labels, told by checksums of their contents.
  package struct Contents: Codable, Hashable, Sendable {
    /// Their use.
    package let part: DataPart
    /// True if the training images that the dataset brings include them.
    package let isHeldOut: Bool
    /// The number of images.
    package let count: Int
    /// SHA-256 of all pixels, image after image, before scaling; in hexadecimal.
    package let pixels: String
    /// SHA-256 of all labels, a byte each, in hexadecimal.
    package let labels: String
    /// SHA-256 of the images' groups, in hexadecimal; nil if nothing groups them.
    package let groups: String?

    enum CodingKeys: String, CodingKey {
      case part
      case isHeldOut = "held_out"
      case count, pixels, labels, groups
    }

    /// The contents of `part`.
    package init(
      part: DataPart, isHeldOut: Bool, count: Int, pixels: String, labels: String,
      groups: String? = nil
    ) {
      self.part = part
      self.isHeldOut = isHeldOut
      self.count = count
      self.pixels = pixels
      self.labels = labels
      self.groups = groups
    }
  }

  /// The map (byte − shift) / divisor of each channel.
  package struct Scaling: Codable, Hashable, Sendable {
    /// The byte of each channel that becomes 0.
    package let shift: [Double]
    /// The difference of bytes of each channel that becomes 1.
    package let divisor: [Double]

    enum CodingKeys: String, CodingKey { case shift, divisor }

    /// The map (byte − `shift`) / `divisor`, channel by channel.
    package init(shift: [Double], divisor: [Double]) {
      self.shift = shift
      self.divisor = divisor
    }
  }
}
