/// A dataset whose files are published, so that its shape, classes and counts are known without them.
package protocol CatalogueDataset: DatasetSpec {
  static var files: PublishedDataset { get }

  /// The shape, classes and counts of the images in its files.
  var facts: DatasetSummary { get }

  /// Reads its files.
  func read(from locations: DataLocations) throws -> LoadedDataset
}

extension CatalogueDataset {
  package static var published: PublishedDataset? { files }

  package func summarize(in locations: DataLocations) -> DatasetSummary { facts }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    let loaded = try read(from: locations)
    guard loaded.summary.withoutLabels == facts else {
      throw DatasetError(
        Self.type, .otherDataset(found: loaded.summary.inWords, expected: facts.inWords))
    }
    return loaded
  }
}

extension DatasetSummary {
  /// `60000 and 10000 images of 28×28×1`
  fileprivate var inWords: String {
    "\(trainingCount) and \(testCount.map(String.init) ?? "no") images of \(imageShape)"
  }
}

/// A dataset of the catalogue in MNIST's format: images and labels in an IDX file each.
package protocol IDXCatalogueDataset: CatalogueDataset {
  /// The names of the files: training images, training labels, test images, test labels.
  var fileNames: [String] { get }

  /// Whether labels are the first of the integers in a row.
  static var hasLabelTables: Bool { get }

  /// Whether rows of pixels stand in the files where columns should.
  static var isTransposed: Bool { get }

  /// The label of the first class.
  var firstLabel: UInt8 { get }

  /// The digest of its contents, if the checksums of all files are those of their contents; else nil.
  static var knownDigest: DataDigest? { get }
}

extension IDXCatalogueDataset {
  package static var hasLabelTables: Bool { false }
  package static var isTransposed: Bool { false }
  package var firstLabel: UInt8 { 0 }
  package var fileNames: [String] { IDXFileSet.names }
  package static var knownDigest: DataDigest? { nil }

  package func digest(in locations: DataLocations) throws -> DataDigest {
    try Self.knownDigest ?? load(from: locations).digest
  }

  package func read(from locations: DataLocations) throws -> LoadedDataset {
    let paths = try Self.files.locate(fileNames, in: locations)
    let checksums = fileNames.map(Self.files.contentChecksum)
    /// The part whose images are the file at `place`, and whose labels are the next one.
    func part(_ place: Int) throws -> LabelledImages {
      try readPart(
        .init(images: paths[place], labels: paths[place + 1]),
        imageChecksum: checksums[place], labelChecksum: checksums[place + 1])
    }
    return LoadedDataset(
      type: Self.type, imageShape: facts.imageShape, classNames: facts.classNames,
      firstLabels: [Int(firstLabel)], training: try part(0), test: try part(2), notes: facts.notes,
      digest: Self.knownDigest)
  }

  private func readPart(
    _ part: IDXFileSet.Part, imageChecksum: String?, labelChecksum: String?
  ) throws -> LabelledImages {
    let (images, labels) = try part.open(labels: Self.hasLabelTables ? .labelTable : .labels)
    guard images.imageShape == facts.imageShape else {
      throw DatasetError(
        images.path,
        .otherDataset(found: "\(images.imageShape)", expected: "\(facts.imageShape)"))
    }
    for file in [images, labels] {
      try DatasetError.requireMemory(file.byteCount, for: file.path)
    }
    let pixels = try PixelStorage(byteCount: images.byteCount) { pixels in
      try images.read(into: pixels, sha256: imageChecksum)
      if Self.isTransposed { transpose(pixels, side: images.imageShape.height) }
    }
    return LabelledImages(
      images: pixels, labels: try classes(of: labels, sha256: labelChecksum))
  }

  /// Mirrors square images of `side` pixels at their main diagonal.
  private func transpose(_ pixels: UnsafeMutableRawBufferPointer, side: Int) {
    for start in stride(from: 0, to: pixels.count, by: side * side) {
      for row in 1..<side {
        for column in 0..<row {
          pixels.swapAt(start + row * side + column, start + column * side + row)
        }
      }
    }
  }

  /// The class of each image, checked.
  private func classes(of file: IDXFile, sha256: String?) throws -> [UInt8] {
    let values = try file.contents(sha256: sha256)
    let rowSize = values.count / file.count
    return try (0..<file.count).map { index in
      // Big-endian: the last byte of the row's first value; those before it are zero in any class.
      let value = values[index * rowSize..<(index + 1) * rowSize].prefix(rowSize == 1 ? 1 : 4)
      let label = value.reduce(0) { $0 << 8 | Int($1) }
      guard facts.classNames.indices.contains(label - Int(firstLabel)) else {
        throw DatasetError(file.path, .unknownLabel(label: label, index: index))
      }
      return UInt8(label) - firstLabel
    }
  }
}
