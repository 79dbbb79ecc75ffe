import Diagnostics
import Specs
import Tensors
import TextLayout

/// Images to score finished networks on, whichever images these were trained on.
package struct TestSet: Sendable {
  /// Size of every image.
  package let imageShape: ImageShape
  /// The names of their classes.
  package let classNames: [String]
  /// True if they are all images of a dataset that has no other part for the final score.
  package let isWholeDataset: Bool
  /// Warnings of keys that change nothing here.
  package let warnings: Diagnostics
  /// Facts that a user should know, a sentence each.
  package let notes: [String]
  /// The place where a spec names their dataset.
  private let location: Location?
  /// This place, or else the dataset's type.
  private let origin: String
  /// Name of the dataset's type in a spec.
  package let dataset: String
  /// The labels that the first class may have in the dataset's files; see `LoadedDataset`.
  private let firstLabels: [Int]
  private let part: LabelledImages
  private let indices: [Int]
  /// The way in which pictures become these images; nil if they are none.
  private let pictures: PictureFields?
  /// SHA-256 of their pixels, in hexadecimal.
  private let pixels: String

  /// Number of images.
  package var count: Int { indices.count }

  /// The images for the final score that `section` declares: the dataset's own or, with a note, those that it holds out;
  /// where there are neither, its only part or, with a note, those that networks are trained on.
  ///
  /// Throws the errors of `DatasetSpec.loadToScore`, and a `Diagnostic` if `test` holds images out of a dataset that has
  /// test images of its own, or of too few. Keys that only training has a use for are not checked.
  package init(_ section: DataSpec, from locations: DataLocations) throws {
    let loaded = try section.dataset.value.loadToScore(from: locations)
    let heldOut = try section.heldOutTest(of: loaded)
    if let test = loaded.test {
      (part, indices) = (test, Array(0..<test.count))
    } else {
      (part, indices) = (loaded.training, heldOut ?? Array(0..<loaded.training.count))
    }
    pictures = section.dataset.value.pictureFields
    location = section.$dataset.location
    origin = location?.description ?? loaded.type
    guard !indices.isEmpty else { throw DatasetError(origin, .empty) }
    pixels = DataDigest.Part.pixels(of: part, at: indices)
    let areForTraining = loaded.test == nil && heldOut == nil
    isWholeDataset =
      loaded.validation == nil && (areForTraining || loaded.training.labels.isEmpty)
    warnings = section.keysWithoutEffect(holdsOut: heldOut != nil)
    var notes = loaded.notes
    if let heldOut {
      notes.append(
        "'test' holds out \(heldOut.count) of \(counted(loaded.training.count, "image")): only these are scored"
      )
    } else if areForTraining, loaded.validation != nil {
      notes.append("the dataset has no images for the final score: those to train on are scored")
    }
    self.notes = notes
    dataset = loaded.type
    imageShape = loaded.imageShape
    classNames = loaded.classNames
    firstLabels = loaded.firstLabels
  }

  /// The fingerprints of the images, the same for every network.
  package var fingerprints: FingerprintedImages { FingerprintedImages(samples) }

  /// The images with their own classes, and pixels from 0 to 1.
  package var samples: ImageSamples {
    ImageSamples(
      part, at: indices, imageShape: imageShape, classNames: classNames,
      scaling: PixelScaling(.unit, of: part, at: indices, channels: imageShape.channels))
  }

  /// The images as a network sees them that was trained on `classNames`, with the digest of their contents.
  ///
  /// There are `count` of them, of the shape `wanted`, their bytes mapped by `scaling`. Classes are matched by their
  /// names, and labels number those of the network, which errors call `network`. `firstLabel` is the label of the first
  /// class in the files that it was trained on: where the images here do not tell whether theirs count from 0 or from 1,
  /// and have the same classes, they count as those did.
  ///
  /// - Precondition: `scaling` has a shift and a divisor for each channel of `wanted`.
  /// - Throws: a `DatasetError` if the images have another shape, a class that is not among the network's, or labels that
  ///   may count from 0 or from 1.
  package func samples(
    for network: String, classNames: [String], firstLabel: Int?, imageShape wanted: ImageShape,
    scaling: PixelScaling
  ) throws(DatasetError) -> (samples: ImageSamples, digest: DataDigest.Part) {
    guard imageShape == wanted else {
      throw DatasetError(
        origin,
        .otherImageShape(imageShape, wanted: wanted, by: network, arePictures: pictures != nil))
    }
    guard let first = self.firstLabel(classNames, firstLabel) else {
      let lowest = part.labels.min().map(Int.init) ?? 0
      throw DatasetError(
        origin,
        .unknownFirstLabel(
          lowest: lowest, highest: part.labels.max().map(Int.init) ?? 0, names: self.classNames,
          by: network))
    }
    let (labelled, unknown) = labelled(classNames, firstLabel: first)
    guard unknown.isEmpty else {
      throw DatasetError(
        origin, .otherClasses(unknown, known: classNames, by: network, in: dataset))
    }
    let samples = ImageSamples(
      labelled, at: indices, imageShape: imageShape, classNames: classNames, scaling: scaling)
    return (samples, DataDigest.Part(labelled, at: indices, pixels: pixels))
  }

  /// A warning if pictures became these images in another way than those of `dataset`, which a network was trained on;
  /// nil if they did not.
  package func otherPreparation(than dataset: any DatasetSpec) -> Diagnostic? {
    guard let trained = dataset.pictureFields, let fields = pictures?.difference(from: trained)
    else { return nil }
    return Diagnostic(
      identifier: .otherPreparation, severity: .warning,
      message: "pictures are prepared in another way than in training, where it was '\(fields)'",
      location: location, hint: "write that into 'dataset' for the images that the network knows")
  }

  /// The digest that `samples` has for a network of the classes `classNames`, numbered from `firstLabel`, and of images
  /// with these height, width and channels; nil if the images do not fit it.
  package func digest(
    classNames: [String], firstLabel: Int?, imageShape wanted: [Int]
  ) -> DataDigest.Part? {
    guard imageShape.lengths == wanted, let first = self.firstLabel(classNames, firstLabel) else {
      return nil
    }
    let (labelled, unknown) = labelled(classNames, firstLabel: first)
    return unknown.isEmpty ? DataDigest.Part(labelled, at: indices, pixels: pixels) : nil
  }

  /// The label of the first class in the dataset's files, scored by a network of the classes `classNames` that was
  /// trained on labels from `trained` on; nil if nothing tells.
  private func firstLabel(_ classNames: [String], _ trained: Int?) -> Int? {
    guard firstLabels.count > 1 else { return firstLabels.first ?? 0 }
    // The label comes from a run's folder, which anyone may have made.
    return trained.flatMap { classNames == self.classNames && firstLabels.contains($0) ? $0 : nil }
  }

  /// The images with labels that number `classNames`, and the names of the classes that are none of these. Where the
  /// first class may have several labels, it has `firstLabel`.
  private func labelled(
    _ classNames: [String], firstLabel: Int
  ) -> (LabelledImages, unknown: [String]) {
    // Then classes are numbered as if the first had 0.
    let shift = firstLabels.count < 2 ? 0 : firstLabel
    func name(_ label: UInt8) -> String { self.classNames[Int(label) - shift] }
    // Labels are bytes: a network of more classes has no numbers for the others.
    let known = Dictionary(zip(classNames, 0...UInt8.max)) { first, _ in first }
    let occurring = Set(indices.map { part.labels[$0] }).sorted()
    let unknown = occurring.map(name).filter { known[$0] == nil }
    // Images of unknown classes are not among those that are scored.
    var places = [UInt8](repeating: 0, count: 256)
    for label in Set(part.labels) { places[Int(label)] = known[name(label)] ?? 0 }
    let labels = part.labels.map { places[Int($0)] }
    return (LabelledImages(images: part.images, labels: labels, names: part.names), unknown)
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
        ("folds", $folds.node, "networks are scored on all images here"),
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
  fileprivate static func otherImageShape(
    _ shape: ImageShape, wanted: ImageShape, by network: String, arePictures: Bool
  ) -> Self {
    let hint =
      !arePictures
      ? "arrays are taken as they are: make them of that shape first"
      : wanted.channels == shape.channels
        ? "pictures are resized by 'image_size: [\(wanted.height), \(wanted.width)]'"
        : "pictures are converted by 'color_mode: \(wanted.channels == 1 ? "grayscale" : "rgb")'"
    return Self("its images are \(shape), but \(network) takes \(wanted)", hint: hint)
  }

  fileprivate static func unknownFirstLabel(
    lowest: Int, highest: Int, names: [String], by network: String
  ) -> Self {
    Self(
      "its labels \(lowest) to \(highest) may count from 0, so that \(lowest) is '\(names[lowest])', or from 1, so that "
        + "it is '\(names[lowest - 1])', and \(network) was not trained on the same classes with labels that tell",
      hint:
        "if they count from 1, give 'class_names' no more than the first \(counted(highest, "name")); if from 0, "
        + "subtract \(lowest) from each and leave out the first \(counted(lowest, "name"))")
  }

  fileprivate static func otherClasses(
    _ unknown: [String], known: [String], by network: String, in dataset: String
  ) -> Self {
    let renaming: String? =
      switch dataset {
      case IDXFolder.type, NPZArrays.type: "rename the classes with 'class_names'"
      case ImageFolder.type: "rename the folders of the classes"
      case CSVTable.type: "rename the classes in the column of labels"
      default: nil
      }
    func list(_ names: [String]) -> String { listed(names.map { "'\($0)'" }, most: 8) }
    return Self(
      "\(network) does not know \(unknown.count == 1 ? "the class" : "the classes") \(list(unknown))",
      hint:
        "it was trained on \(list(known)); "
        + (renaming.map { "\($0), or leave them out" } ?? "take a network that was trained on these")
    )
  }
}
