import Tensors

/// Kuzushiji-MNIST: cursive Japanese characters from old books, one for each row of the hiragana table.
package struct KMNIST: IDXCatalogueDataset {
  package static let type = "kmnist"
  package static let summary =
    "70,000 cursive Japanese characters, 28×28 grey pixels, downloaded if missing."
  package static let source: String? =
    "Clanuwat et al. 2018, 'Deep Learning for Classical Japanese Literature', arXiv:1812.01718"

  package init() {}

  package var facts: DatasetSummary {
    DatasetSummary(
      imageShape: ImageShape(height: 28, width: 28, channels: 1),
      classNames: [
        "お (o)", "き (ki)", "す (su)", "つ (tsu)", "な (na)", "は (ha)", "ま (ma)", "や (ya)", "れ (re)",
        "を (wo)",
      ],
      trainingCount: 60_000, testCount: 10_000)
  }

  // Sizes and checksums: tensorflow_datasets/url_checksums/kmnist.txt.
  package static let files = PublishedDataset(
    type: type, licence: "CC BY-SA 4.0",
    files: [
      .init(
        "train-images-idx3-ubyte.gz", byteCount: 18_165_135,
        .sha256("51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4")),
      .init(
        "train-labels-idx1-ubyte.gz", byteCount: 29_497,
        .sha256("e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17")),
      .init(
        "t10k-images-idx3-ubyte.gz", byteCount: 3_041_136,
        .sha256("edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5")),
      .init(
        "t10k-labels-idx1-ubyte.gz", byteCount: 5_120,
        .sha256("20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c")),
    ],
    mirrors: ["http://codh.rois.ac.jp/kmnist/dataset/kmnist/"], otherFolders: ["KMNIST/raw"])
}
