import Tensors

/// CIFAR-10: small colour photographs of animals and vehicles.
package struct CIFAR10: CatalogueDataset {
  package static let type = "cifar10"
  package static let summary =
    "60,000 photographs of animals and vehicles, 32×32 pixels in colour, downloaded if missing (170 MB)."
  package static let source: String? =
    "Krizhevsky 2009, 'Learning Multiple Layers of Features from Tiny Images'"

  package init() {}

  package var facts: DatasetSummary {
    DatasetSummary(
      imageShape: CIFARFile.imageShape,
      classNames: [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
      ],
      trainingCount: 50_000, testCount: 10_000)
  }

  package func read(from locations: DataLocations) throws -> LoadedDataset {
    let paths = try Self.files.locate(Self.members, in: locations)
    try DatasetError.requireMemory(facts.byteCount, for: paths[0])
    func part(_ paths: some Sequence<String>, count: Int) throws -> LabelledImages {
      try CIFARFile.read(Array(paths), classCount: facts.classCount, count: count)
    }
    return LoadedDataset(
      type: Self.type, imageShape: facts.imageShape, classNames: facts.classNames,
      firstLabels: [0],
      training: try part(paths.dropLast(), count: facts.trainingCount),
      test: try part(paths.suffix(1), count: 10_000))
  }

  private static let members =
    (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"]

  // Size and checksum: tensorflow_datasets/url_checksums/cifar10.txt; the authors give the MD5
  // c32a1d4ab5d03f1284b67883e8d87530.
  package static let files = PublishedDataset(
    type: type, licence: "none stated",
    files: [
      .init(
        "cifar-10-binary.tar.gz", byteCount: 170_052_171,
        .sha256("c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
        members: members)
    ],
    mirrors: ["https://www.cs.toronto.edu/~kriz/", "https://cave.cs.toronto.edu/kriz/"],
    otherFolders: ["cifar-10-batches-bin", "cifar10/cifar-10-batches-bin"])
}
