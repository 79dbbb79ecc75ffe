import Specs
import Tensors

/// A picture of an augmentation's effect: in each row a training image, then its augmented versions in some
/// epochs, one after the other.
package struct AugmentationSheet: Sendable {
  /// The picture.
  package let picture: Picture
  /// Number of rows.
  package let rows: Int

  /// Versions of each image.
  package static let versions = 7

  /// The first `count` images to train on.
  ///
  /// - Parameters:
  ///   - data: with the normalization `unit`.
  ///   - firstEpoch: the epoch of the first version, counted from 0.
  package init(
    of data: PreparedData, augmentation: [OneOf<AugmentationCatalog>], seed: Int, firstEpoch: Int,
    count: Int
  ) {
    let shape = data.description.imageShape
    // Small images are enlarged so that they can be made out.
    let scale = max(1, 84 / max(shape.height, shape.width))
    let gap = 4
    let (tileHeight, tileWidth) = (shape.height * scale + gap, shape.width * scale + gap)
    rows = min(count, data.training.count)
    var picture = Picture(
      ImageShape(
        height: rows * tileHeight + gap, width: (1 + Self.versions) * tileWidth + 3 * gap,
        channels: shape.channels == 3 ? 3 : 1),
      filledWith: 128)
    let augmented = data.training(augmentedBy: augmentation, seed: seed)
    for sample in 0..<rows {
      let row = gap + sample * tileHeight
      let original = data.training.input(of: sample, epoch: 0)
      picture.draw(original, of: shape, row: row, column: gap, scale: scale)
      for version in 0..<Self.versions {
        let image = augmented.input(of: sample, epoch: firstEpoch + version)
        // The original stands a little apart.
        let column = 3 * gap + (1 + version) * tileWidth
        picture.draw(image, of: shape, row: row, column: column, scale: scale)
      }
    }
    self.picture = picture
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
