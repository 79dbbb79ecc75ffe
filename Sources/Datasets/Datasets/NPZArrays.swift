import Files
import Specs
import Tensors

/// A dataset in NumPy's archive of arrays, named as MedMNIST's or Keras's.
package struct NPZArrays: DatasetSpec {
  package static let type = "npz"
  package static let summary =
    "NumPy arrays in one file, named as MedMNIST's (train_images, train_labels, …) or Keras's (x_train, y_train, …)."
  package static let otherNames = ["numpy", "npy", "medmnist"]

  @Field(
    "The file; a relative path starts at the spec's own folder. A file of that name in '--data-dir' comes first.",
    example: "pathmnist.npz")
  package var path: FilePath

  package var classes = ClassNameFields()

  package init() {}

  /// Reads headers and labels.
  package func summarize(in locations: DataLocations) throws -> DatasetSummary {
    let arrays = try Arrays(locations.file(of: path.path), classNames: classes.classNames)
    return DatasetSummary(
      imageShape: arrays.imageShape, classNames: arrays.classes.names,
      trainingCount: arrays.training.labels.count,
      validationCount: arrays.validation?.labels.count, testCount: arrays.test?.labels.count,
      notes: arrays.classes.notes, labels: arrays.training.labels)
  }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    try load(from: locations, for: .training)
  }

  package func loadToScore(from locations: DataLocations) throws -> LoadedDataset {
    try load(from: locations, for: .scoring)
  }

  private func load(from locations: DataLocations, for use: DataUse) throws -> LoadedDataset {
    let path = locations.file(of: path.path)
    let source = DecodedCache.Source(
      type: Self.type, path: path, settings: use.settings(canonicalJSON(without: ["path"])))
    return try DecodedCache(in: locations).dataset(of: source) { try read(path, for: use) }
  }

  private func read(_ path: String, for use: DataUse) throws -> LoadedDataset {
    let arrays = try Arrays(path, classNames: classes.classNames, for: use)
    func read(_ part: Arrays.Part) throws -> LabelledImages {
      LabelledImages(images: try arrays.file.images(part.names.images), labels: part.labels)
    }
    let loaded = LoadedDataset(
      type: Self.type, imageShape: arrays.imageShape, classNames: arrays.classes.names,
      firstLabels: arrays.classes.firstLabels,
      training: try read(arrays.training), validation: try arrays.validation.map(read),
      test: try arrays.test.map(read), notes: arrays.classes.notes)
    return arrays.isTestAlone ? loaded.asTestAlone() : loaded
  }

  package func resolved(in locations: DataLocations) -> NPZArrays {
    var resolved = self
    resolved.path = FilePath(locations.file(of: path.path)).absolute
    return resolved
  }
}

/// What is known of a file's arrays before any image is read.
private struct Arrays {
  struct Part {
    let names: NPZFile.PartNames
    let labels: [UInt8]
  }

  let file: NPZFile
  let imageShape: ImageShape
  let classes: NumberedClasses
  let training: Part
  let validation: Part?
  let test: Part?
  /// True if what stands in the place of the training images is a test part that has none beside it.
  let isTestAlone: Bool

  /// Reads the headers and the labels of the file `path`, and checks that they go together.
  init(_ path: String, classNames: [String]?, for use: DataUse = .training) throws {
    let file = try NPZFile(path: path)
    let names = try file.parts(for: use)
    let (_, shape) = try file.imageShape(of: names.training.images)
    /// The labels of a part, and the bytes that its images need.
    func read(_ part: NPZFile.PartNames) throws -> (labels: [UInt8], byteCount: Int) {
      let (count, found) = try file.imageShape(of: part.images)
      guard found == shape else {
        throw DatasetError(
          path,
          .arrayShapeMismatch(
            part.images, found: "\(found)", names.training.images, expected: "\(shape)"))
      }
      let byteCount = count * shape.elementCount
      try DatasetError.requireMemory(byteCount, for: path)
      return (try file.labels(part.labels, of: part.images, count: count), byteCount)
    }
    let training = try read(names.training)
    let others = try [names.validation, names.test].map { try $0.map(read) }
    try DatasetError.requireMemory(
      others.reduce(training.byteCount) { $0 + ($1?.byteCount ?? 0) }, for: path)
    let classes =
      use == .training
      ? try NumberedClasses(labels: training.labels, names: classNames, in: path)
      : try NumberedClasses(
        scored: training.labels + others.flatMap { $0?.labels ?? [] }, names: classNames, in: path)
    func part(_ names: NPZFile.PartNames?, _ labels: [UInt8]?) throws -> Part? {
      guard let names, let labels else { return nil }
      return Part(
        names: names, labels: try classes.classes(of: labels, in: "\(path): \(names.labels)"))
    }
    self.file = file
    self.classes = classes
    isTestAlone = names.isTestAlone
    imageShape = shape
    self.training = Part(
      names: names.training, labels: try classes.classes(of: training.labels, in: path))
    validation = try part(names.validation, others[0]?.labels)
    test = try part(names.test, others[1]?.labels)
  }
}

extension DatasetError.Problem {
  static func arrayShapeMismatch(
    _ name: String, found: String, _ first: String, expected: String
  ) -> Self {
    Self(
      "the images of array '\(name)' are \(found), those of '\(first)' \(expected)",
      hint: "training, validation and test images must have one size")
  }
}
