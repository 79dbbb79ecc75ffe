import Tensors

/// QMNIST: MNIST made anew from the same source, with the 50,000 test digits that had been lost.
package struct QMNIST: IDXCatalogueDataset {
  package static let type = "qmnist"
  package static let summary =
    "MNIST made anew, with 60,000 test digits in place of 10,000, downloaded if missing."
  package static let source: String? =
    "Yadav and Bottou 2019, 'Cold Case: The Lost MNIST Digits', arXiv:1905.10498"

  package static var showsDigits: Bool { true }

  package init() {}

  package var facts: DatasetSummary {
    DatasetSummary(
      imageShape: ImageShape(height: 28, width: 28, channels: 1),
      classNames: (0...9).map(String.init), trainingCount: 60_000, testCount: 60_000)
  }

  package static var hasLabelTables: Bool { true }

  package var fileNames: [String] { Self.files.files.flatMap(\.members) }

  // Checksums: torchvision/datasets/mnist.py. Nobody gives sizes, so they are those of the decompressed files, which
  // gzip only makes smaller.
  package static let files = PublishedDataset(
    type: type, licence: "BSD 3-Clause",
    files: [
      .init(
        "qmnist-train-images-idx3-ubyte.gz", byteCount: 47_040_016, isSizeKnown: false,
        .md5("ed72d4157d28c017586c42bc6afe6370")),
      .init(
        "qmnist-train-labels-idx2-int.gz", byteCount: 1_920_012, isSizeKnown: false,
        .md5("0058f8dd561b90ffdd0f734c6a30e5e4")),
      .init(
        "qmnist-test-images-idx3-ubyte.gz", byteCount: 47_040_016, isSizeKnown: false,
        .md5("1394631089c404de565df7b7aeaf9412")),
      .init(
        "qmnist-test-labels-idx2-int.gz", byteCount: 1_920_012, isSizeKnown: false,
        .md5("5b5b05890a5e13444e108efe57b788aa")),
    ],
    mirrors: ["https://raw.githubusercontent.com/facebookresearch/qmnist/master/"],
    otherFolders: ["QMNIST/raw"])
}
