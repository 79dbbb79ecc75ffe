import Files
import Tensors

/// The identity of a dataset by its contents: wherever it lies, and in whatever files, the same images and
/// labels in the same order have the same digest.
package struct DataDigest: Hashable, Sendable {
  /// The identity of images and labels by their contents.
  package struct Part: Hashable, Sendable {
    /// The number of images.
    package let count: Int
    /// SHA-256 of all pixels, before normalization, in hexadecimal.
    package let pixels: String
    /// SHA-256 of all labels, a byte each, in hexadecimal.
    package let labels: String

    /// A part of `count` images whose contents have these checksums.
    package init(count: Int, pixels: String, labels: String) {
      self.count = count
      self.pixels = pixels
      self.labels = labels
    }
  }

  /// Height, width and channels of every image.
  package let imageShape: [Int]
  /// The images to train on, or to hold out for validation.
  package let training: Part
  /// The images for the final score.
  package let test: Part

  /// The digest of these parts.
  package init(imageShape: [Int], training: Part, test: Part) {
    self.imageShape = imageShape
    self.training = training
    self.test = test
  }
}

extension DataDigest.Part {
  /// The digest of `images`.
  package init(_ images: LabelledImages) {
    self.init(
      count: images.count, pixels: SHA256.hexDigest(of: images.images),
      labels: SHA256.hexDigest(of: images.labels))
  }

  /// The digest of those of `images` that stand at `indices`.
  init(_ images: LabelledImages, at indices: [Int]) {
    let size = images.count == 0 ? 0 : images.images.count / images.count
    let pixels = SHA256()
    images.images.withUnsafeBytes { bytes in
      for index in indices {
        pixels.update(UnsafeRawBufferPointer(rebasing: bytes[index * size..<(index + 1) * size]))
      }
    }
    self.init(
      count: indices.count, pixels: pixels.finalize(),
      labels: SHA256.hexDigest(of: indices.map { images.labels[$0] }))
  }
}
