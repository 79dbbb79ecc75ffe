import Tensors

/// Fashion-MNIST: pictures of clothes from a shop, in place of MNIST's digits.
package struct FashionMNIST: IDXCatalogueDataset {
  package static let type = "fashion_mnist"
  package static let summary =
    "70,000 pictures of clothes, 28×28 grey pixels, downloaded if missing."
  package static let source: String? =
    "Xiao, Rasul and Vollgraf 2017, 'Fashion-MNIST', arXiv:1708.07747"

  package init() {}

  package var facts: DatasetSummary {
    DatasetSummary(
      imageShape: ImageShape(height: 28, width: 28, channels: 1),
      classNames: [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
      ],
      trainingCount: 60_000, testCount: 10_000)
  }

  // Sizes and checksums: tensorflow_datasets/url_checksums/fashion_mnist.txt. The second mirror is Keras's, the third
  // the authors' repository.
  package static let files = PublishedDataset(
    type: type, licence: "MIT",
    files: [
      .init(
        "train-images-idx3-ubyte.gz", byteCount: 26_421_880,
        .sha256("3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84")),
      .init(
        "train-labels-idx1-ubyte.gz", byteCount: 29_515,
        .sha256("a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845")),
      .init(
        "t10k-images-idx3-ubyte.gz", byteCount: 4_422_102,
        .sha256("346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073")),
      .init(
        "t10k-labels-idx1-ubyte.gz", byteCount: 5_148,
        .sha256("67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
    ],
    mirrors: [
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
      "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
    ],
    otherFolders: ["FashionMNIST/raw"])
}
