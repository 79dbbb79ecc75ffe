import Tensors

/// MNIST: 60,000 handwritten digits to train on and 10,000 to test with, 28×28 grey pixels each.
package struct MNIST: DatasetSpec {
  package static let type = "mnist"
  package static let summary = "70,000 handwritten digits, 28×28 pixels, downloaded if missing."
  package static let source: String? =
    "LeCun, Cortes and Burges, 'The MNIST database of handwritten digits'"

  package static var showsDigits: Bool { true }

  package init() {}

  /// Needs no files.
  package func summarize(in locations: DataLocations) -> DatasetSummary {
    DatasetSummary(
      imageShape: ImageShape(height: 28, width: 28, channels: 1), classCount: 10,
      trainingCount: 60_000, testCount: 10_000)
  }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    try Self.files.load(from: locations)
  }

  package static var published: PublishedDataset? { files }

  private static let files = PublishedDataset(
    type: type,
    checksums: [
      "train-images-idx3-ubyte":
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      "train-labels-idx1-ubyte":
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      "t10k-images-idx3-ubyte":
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      "t10k-labels-idx1-ubyte":
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ],
    mirrors: [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ])
}
