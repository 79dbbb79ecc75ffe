import Tensors

/// MNIST: 60,000 handwritten digits to train on and 10,000 to test with, 28×28 grey pixels each.
package struct MNIST: IDXCatalogueDataset {
  package static let type = "mnist"
  package static let summary = "70,000 handwritten digits, 28×28 pixels, downloaded if missing."
  package static let source: String? =
    "LeCun, Cortes and Burges, 'The MNIST database of handwritten digits'"

  package static var showsDigits: Bool { true }

  package init() {}

  package var facts: DatasetSummary {
    DatasetSummary(
      imageShape: ImageShape(height: 28, width: 28, channels: 1),
      classNames: (0...9).map(String.init),
      trainingCount: 60_000, testCount: 10_000)
  }

  package static let knownDigest: DataDigest? = DataDigest(
    imageShape: [28, 28, 1],
    training: .init(
      count: 60_000, pixels: "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
      labels: "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13"),
    test: .init(
      count: 10_000, pixels: "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
      labels: "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5"))

  // Sizes: tensorflow_datasets/url_checksums/mnist.txt.
  package static let files = PublishedDataset(
    type: type, licence: "CC BY-SA 3.0",
    files: [
      .init(
        "train-images-idx3-ubyte.gz", byteCount: 9_912_422,
        .contents(
          sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          byteCount: 47_040_016)),
      .init(
        "train-labels-idx1-ubyte.gz", byteCount: 28_881,
        .contents(
          sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          byteCount: 60_008)),
      .init(
        "t10k-images-idx3-ubyte.gz", byteCount: 1_648_877,
        .contents(
          sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          byteCount: 7_840_016)),
      .init(
        "t10k-labels-idx1-ubyte.gz", byteCount: 4_542,
        .contents(
          sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
          byteCount: 10_008)),
    ],
    mirrors: [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ],
    otherFolders: ["MNIST/raw"])
}
