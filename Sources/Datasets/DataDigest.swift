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
    /// SHA-256 of the numbers of the images' groups, in decimal, a line each; nil if nothing groups them.
    package let groups: String?

    /// A part of `count` images whose contents have these checksums.
    package init(count: Int, pixels: String, labels: String, groups: String? = nil) {
      self.count = count
      self.pixels = pixels
      self.labels = labels
      self.groups = groups
    }
  }

  /// Height, width and channels of every image.
  package let imageShape: [Int]
  /// The images to train on, or to hold out for validation.
  package let training: Part
  /// The dataset's own validation part, if it has one.
  package let validation: Part?
  /// The dataset's own test part, if it has one.
  package let test: Part?

  /// The digest of these parts.
  package init(imageShape: [Int], training: Part, validation: Part? = nil, test: Part? = nil) {
    self.imageShape = imageShape
    self.training = training
    self.validation = validation
    self.test = test
  }
}

extension DataDigest.Part {
  /// The digest of `images`.
  package init(_ images: LabelledImages) {
    let pixels = SHA256()
    pixels.update(images.images.bytes)
    // Groups are numbered by the names they have in a file; which images share one is what counts.
    var numbers: [String: Int] = [:]
    let groups = images.groups?.map { group in
      let number = numbers[group] ?? numbers.count
      numbers[group] = number
      return "\(number)\n"
    }
    self.init(
      count: images.count, pixels: pixels.finalize(),
      labels: SHA256.hexDigest(of: images.labels),
      groups: groups.map { SHA256.hexDigest(of: Array($0.joined().utf8)) })
  }

  /// The digest of those of `images` that stand at `indices`.
  init(_ images: LabelledImages, at indices: [Int]) {
    self.init(images, at: indices, pixels: Self.pixels(of: images, at: indices))
  }

  /// Likewise, where the checksum of their `pixels` is known.
  init(_ images: LabelledImages, at indices: [Int], pixels: String) {
    self.init(
      count: indices.count, pixels: pixels,
      labels: SHA256.hexDigest(of: indices.map { images.labels[$0] }))
  }

  /// SHA-256 of the pixels of those of `images` that stand at `indices`, in hexadecimal.
  static func pixels(of images: LabelledImages, at indices: [Int]) -> String {
    let pixels = SHA256()
    for index in indices { pixels.update(images.bytes(of: index)) }
    return pixels.finalize()
  }
}
