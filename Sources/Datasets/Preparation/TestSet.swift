import Specs
import Tensors

/// Images to score finished networks on, of which none was trained on them.
package struct TestSet: Sendable {
  /// The type of their dataset.
  package let dataset: String
  /// Size of every image.
  package let imageShape: ImageShape
  /// The names of their classes.
  package let classNames: [String]
  /// True if they are all images of a dataset that has no part for the final score.
  package let isWholeDataset: Bool
  private let part: LabelledImages
  private let indices: [Int]

  /// Number of images.
  package var count: Int { indices.count }

  /// The images for the final score that `section` declares: the dataset's own, or those that it holds out; all of the
  /// dataset where there are neither.
  ///
  /// Throws what `DataSpec.prepare` throws.
  package init(_ section: DataSpec, from locations: DataLocations) throws {
    let loaded = try section.dataset.value.load(from: locations)
    if let test = loaded.test {
      (part, indices) = (test, Array(0..<test.count))
    } else if section.test != nil {
      (part, indices) = (loaded.training, try section.heldOutTest(of: loaded))
    } else {
      (part, indices) = (loaded.training, Array(0..<loaded.training.count))
    }
    isWholeDataset = loaded.test == nil && section.test == nil
    dataset = loaded.type
    imageShape = loaded.imageShape
    classNames = loaded.classNames
  }

  /// The images as a network sees them that was trained on `classNames`, its inputs mapped by `scaling`.
  ///
  /// Classes are matched by their names; throws a `DatasetError` if one is not among the network's, or if the images
  /// have another shape.
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
    return (samples, DataDigest.Part(labelled, at: indices))
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
    func list(_ names: [String]) -> String {
      names.prefix(8).map { "'\($0.withoutControlCharacters)'" }.joined(separator: ", ")
        + (names.count > 8 ? ", …" : "")
    }
    return Self(
      "the network does not know \(unknown.count == 1 ? "the class" : "the classes") \(list(unknown))",
      hint: "it was trained on \(list(known)); rename the classes, or leave them out")
  }
}
