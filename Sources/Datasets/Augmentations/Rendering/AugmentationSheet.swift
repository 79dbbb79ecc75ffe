import Tensors

/// A picture of an augmentation's effect: in each row a training image, then its augmented versions in some
/// epochs, one after the other.
package struct AugmentationSheet: Sendable {
  /// The picture.
  package let picture: Picture
  /// The class of the image in each row, and its file if it has one.
  package let rows: [(className: String, file: String?)]

  /// Versions of each image.
  package static let versions = 7

  /// The first `count` of `images`, one of each class in turn. Throws if there is no memory for the picture.
  ///
  /// - Parameters:
  ///   - images: with the normalization `unit`.
  ///   - augmented: the same images as training sees them.
  ///   - firstEpoch: the epoch of the first version, counted from 0.
  package init(
    of images: ImageSamples, augmented: any SampleSource, firstEpoch: Int, count: Int
  ) throws(DatasetError) {
    let shape = images.imageShape
    // Small images are enlarged so that they can be made out.
    let scale = max(1, 84 / max(shape.height, shape.width))
    let gap = 4
    let (tileHeight, tileWidth) = (shape.height * scale + gap, shape.width * scale + gap)
    let samples = images.inTurn(atMost: count)
    let size = ImageShape(
      height: samples.count * tileHeight + gap, width: (1 + Self.versions) * tileWidth + 3 * gap,
      channels: shape.channels == 3 ? 3 : 1)
    try DatasetError.requireMemory(size.elementCount, for: "the sheet")
    var picture = Picture(size, filledWith: 128)
    for (place, sample) in samples.enumerated() {
      let row = gap + place * tileHeight
      let original = images.input(of: sample, epoch: 0)
      picture.draw(original, of: shape, row: row, column: gap, scale: scale)
      for version in 0..<Self.versions {
        let image = augmented.input(of: sample, epoch: firstEpoch + version)
        // The original stands a little apart.
        let column = 3 * gap + (1 + version) * tileWidth
        picture.draw(image, of: shape, row: row, column: column, scale: scale)
      }
    }
    self.picture = picture
    rows = samples.map { sample in
      (images.classNames[images.label(of: sample)], images.name(of: sample))
    }
  }
}

extension ImageSamples {
  /// At most `count` samples: the first of each class, then the second of each, and so on.
  fileprivate func inTurn(atMost wanted: Int) -> [Int] {
    var seen = [Int](repeating: 0, count: classCount)
    let ranked = (0..<count).map { sample -> (rank: Int, label: Int, sample: Int) in
      let label = label(of: sample)
      seen[label] += 1
      return (seen[label], label, sample)
    }
    return ranked.sorted { $0 < $1 }.prefix(wanted).map(\.sample)
  }
}

extension SampleSource {
  /// The numbers of `sample` in `epoch`.
  fileprivate func input(of sample: Int, epoch: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: imageShape.elementCount) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      writeInput(of: sample, epoch: epoch, to: start)
      count = imageShape.elementCount
    }
  }
}
