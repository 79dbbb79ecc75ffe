import Diagnostics
import Specs
import Tensors

/// Images to score finished networks on, of which none was trained on them.
package struct TestSet: Sendable {
  /// Size of every image.
  package let imageShape: ImageShape
  /// The names of their classes.
  package let classNames: [String]
  /// True if they are all training images of a dataset that has no part for the final score.
  package let isWholeDataset: Bool
  /// Warnings of keys that change nothing here.
  package let warnings: Diagnostics
  /// The type of their dataset.
  private let dataset: String
  private let part: LabelledImages
  private let indices: [Int]
  /// SHA-256 of their pixels, in hexadecimal.
  private let pixels: String

  /// Number of images.
  package var count: Int { indices.count }

  /// The images for the final score that `section` declares: the dataset's own, or those that it holds out; all of its
  /// training images where there are neither.
  ///
  /// Throws what `DataSpec.prepare` throws, except that a dataset may have training images only: a section that is wrong
  /// for an experiment is wrong here.
  package init(_ section: DataSpec, from locations: DataLocations) throws {
    let loaded = try section.dataset.value.load(from: locations)
    let heldOut = try section.heldOutTest(of: loaded)
    if let test = loaded.test {
      (part, indices) = (test, Array(0..<test.count))
    } else {
      (part, indices) = (loaded.training, heldOut ?? Array(0..<loaded.training.count))
    }
    pixels = DataDigest.Part.pixels(of: part, at: indices)
    isWholeDataset = loaded.test == nil && heldOut == nil
    warnings = section.keysWithoutEffect(holdsOut: heldOut != nil)
    dataset = loaded.type
    imageShape = loaded.imageShape
    classNames = loaded.classNames
  }

  /// The images as a network sees them that was trained on `classNames`, with the digest of their contents.
  ///
  /// There are `count` of them, of the shape `wanted`, their bytes mapped by `scaling`. Classes are matched by their
  /// names, and labels number those of the network.
  ///
  /// - Precondition: `scaling` has a shift and a divisor for each channel of `wanted`.
  /// - Throws: a `DatasetError` if the images have another shape, or a class that is not among the network's.
  package func samples(
    classNames: [String], imageShape wanted: ImageShape, scaling: PixelScaling
  ) throws(DatasetError) -> (samples: ImageSamples, digest: DataDigest.Part) {
    guard imageShape == wanted else {
      throw DatasetError(dataset, .otherImageShape(imageShape, wanted: wanted))
    }
    // Labels are bytes: a network of more classes has no numbers for the others.
    let known = Dictionary(zip(classNames, 0...UInt8.max)) { first, _ in first }
    let unknown = self.classNames.filter { known[$0] == nil }
    guard unknown.isEmpty else {
      throw DatasetError(dataset, .otherClasses(unknown, known: classNames))
    }
    let places = self.classNames.compactMap { known[$0] }
    let labelled = LabelledImages(
      images: part.images, labels: part.labels.map { places[Int($0)] }, names: part.names)
    let samples = ImageSamples(
      labelled, at: indices, imageShape: imageShape, classNames: classNames, scaling: scaling)
    return (samples, DataDigest.Part(labelled, at: indices, pixels: pixels))
  }
}

extension DataSpec {
  /// Warnings of keys that change nothing where finished networks are scored; if the section `holdsOut` images for
  /// that, the way of doing so counts.
  fileprivate func keysWithoutEffect(holdsOut: Bool) -> Diagnostics {
    let splitting: [(String, Node?)] =
      holdsOut ? [] : [("split", $split.node), ("split_seed", $splitSeed.node)]
    let reasons =
      [
        ("validation", $validation.node, "nothing is chosen here"),
        ("limit", $limit.node, "nothing is trained here"),
        ("normalization", $normalization.node, "each network has its own"),
      ] + splitting.map { ($0, $1, "nothing is held out here") }
    return Diagnostics(
      reasons.compactMap { key, node, reason in
        node.map {
          Diagnostic(
            identifier: .keyWithoutEffect, severity: .warning,
            message: "'\(key)' changes nothing: \(reason)", location: $0.location)
        }
      })
  }
}

extension DatasetError.Problem {
  fileprivate static func otherImageShape(_ shape: ImageShape, wanted: ImageShape) -> Self {
    Self(
      "its images are \(shape), but the network takes \(wanted)",
      hint: wanted.channels == shape.channels
        ? "pictures are resized by 'image_size: [\(wanted.height), \(wanted.width)]'"
        : "pictures are converted by 'color_mode: \(wanted.channels == 1 ? "grayscale" : "rgb")'")
  }

  fileprivate static func otherClasses(_ unknown: [String], known: [String]) -> Self {
    func list(_ names: [String]) -> String { listed(names.map { "'\($0)'" }, most: 8) }
    return Self(
      "the network does not know \(unknown.count == 1 ? "the class" : "the classes") \(list(unknown))",
      hint: "it was trained on \(list(known)); rename the classes, or leave them out")
  }
}
