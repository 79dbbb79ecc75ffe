import Tensors

extension NPZFile {
  /// The names by which datasets know their test images.
  package static let testImageNames = conventions.compactMap(\.test?.images)

  /// The names of the arrays that make a part of a dataset.
  package struct PartNames: Equatable, Sendable {
    let images: String
    let labels: String
  }

  /// The names that parts have together.
  private struct Convention {
    let training: PartNames
    var validation: PartNames?
    var test: PartNames?

    var parts: [PartNames] { [training, validation, test].compactMap(\.self) }
  }

  /// MedMNIST's names and Keras's.
  private static let conventions = [
    Convention(
      training: PartNames(images: "train_images", labels: "train_labels"),
      validation: PartNames(images: "val_images", labels: "val_labels"),
      test: PartNames(images: "test_images", labels: "test_labels")),
    Convention(
      training: PartNames(images: "x_train", labels: "y_train"),
      validation: PartNames(images: "x_val", labels: "y_val"),
      test: PartNames(images: "x_test", labels: "y_test")),
  ]

  /// Images that are of no part.
  private static let plain = Convention(training: PartNames(images: "x", labels: "y"))

  /// The parts that a file has.
  struct Parts {
    /// The images to train on, or a test part that has none beside it.
    let training: PartNames
    var validation: PartNames?
    var test: PartNames?
    var isTestAlone = false
  }

  /// The parts that the file has, by names of which each has to be there or all be missing. To score networks on, one may
  /// stand alone.
  func parts(for use: DataUse = .training) throws -> Parts {
    let conventions = Self.conventions + (use == .scoring ? [Self.plain] : [])
    func isBegun(_ part: PartNames) -> Bool { self[part.images] != nil || self[part.labels] != nil }
    guard
      let names = conventions.first(where: {
        use == .training ? isBegun($0.training) : $0.parts.contains(where: isBegun)
      })
    else {
      let found = arrays.map(described)
      throw DatasetError(
        path,
        use == .training
          ? .missingArray("train_images' or 'x_train", found: found)
          : .missingArray("test_images', 'x_test' or 'x", found: found))
    }
    func existing(_ part: PartNames?) throws -> PartNames? {
      guard let part else { return nil }
      let missing = [part.images, part.labels].filter { self[$0] == nil }
      guard missing.count == 1 else { return missing.isEmpty ? part : nil }
      throw DatasetError(path, .missingArray(missing[0], found: arrays.map(described)))
    }
    let (training, validation, test) = (
      try existing(names.training), try existing(names.validation), try existing(names.test)
    )
    if let training {
      return Parts(
        training: training, validation: validation, test: test,
        isTestAlone: training == Self.plain.training)
    }
    guard let alone = test ?? validation else { preconditionFailure("a part is begun") }
    return Parts(training: alone, isTestAlone: true)
  }

  private func described(_ array: (name: String, header: NPYHeader)) -> String {
    "\(array.name) (\(array.header.summary))"
  }

  /// The number of images in the array `name` and the size of each. Throws if they are not N×H×W or N×H×W×C bytes.
  func imageShape(of name: String) throws -> (count: Int, shape: ImageShape) {
    let header = try header(of: name)
    guard header.type.dropFirst() == "u1" else {
      throw DatasetError(path, .imagesNotBytes(name, type: header.typeName))
    }
    let lengths = header.shape
    guard [3, 4].contains(lengths.count), lengths.count == 3 || [1, 3].contains(lengths[3]) else {
      throw DatasetError(path, .wrongImageDimensions(name, header: header))
    }
    guard !lengths.contains(0) else { throw DatasetError(path, .empty) }
    return (
      lengths[0],
      ImageShape(
        height: lengths[1], width: lengths[2], channels: lengths.count == 4 ? lengths[3] : 1)
    )
  }

  /// The images of the array `name` in the order height, width, channels, whatever the order in the file is.
  func images(_ name: String) throws -> PixelStorage {
    let header = try header(of: name)
    guard let byteCount = header.count else {
      preconditionFailure("arrays of bytes are compared with their files when these are opened")
    }
    try DatasetError.requireMemory(header.isFortranOrdered ? 2 * byteCount : byteCount, for: path)
    let storage = try PixelStorage(byteCount: byteCount) { try read(name, into: $0) }
    guard header.isFortranOrdered else { return storage }
    return PixelStorage(byteCount: byteCount) { target in
      var index = [Int](repeating: 0, count: header.shape.count)
      for source in storage {
        // The place with the last index fastest of what comes with the first index fastest.
        var place = 0
        for (position, length) in zip(index, header.shape) { place = place * length + position }
        target[place] = source
        for dimension in index.indices {
          index[dimension] += 1
          if index[dimension] < header.shape[dimension] { break }
          index[dimension] = 0
        }
      }
    }
  }

  /// The numbers of the array `name`, which are the labels of the `count` images in the array `images`.
  func labels(_ name: String, of images: String, count: Int) throws -> [UInt8] {
    let header = try header(of: name)
    guard ["u", "i"].contains(header.kind), [1, 2, 4, 8].contains(header.size) else {
      throw DatasetError(path, .labelsNotIntegers(name, type: header.typeName))
    }
    guard header.shape.count == 1 || header.shape.count == 2 && header.shape[1] == 1 else {
      throw DatasetError(path, .severalLabels(name, header: header))
    }
    guard header.shape[0] == count else {
      throw DatasetError(
        path, .arrayCountMismatch(name, labels: header.shape[0], images, count: count))
    }
    let size = header.size
    try DatasetError.requireMemory(count * (size + 1), for: path)
    var bytes = [UInt8](repeating: 0, count: count * size)
    try bytes.withUnsafeMutableBytes { try read(name, into: $0) }
    return try (0..<count).map { index in
      let element = bytes[index * size..<(index + 1) * size]
      let number = header.isBigEndian ? number(element) : number(element.reversed())
      // The highest bit of a signed number's size is its sign.
      let unused = 64 - 8 * size
      let label =
        header.kind == "i"
        ? Int(Int64(bitPattern: number << unused) >> unused) : Int(clamping: number)
      guard let byte = UInt8(exactly: label) else {
        throw DatasetError(path, .labelOutOfRange(name, label: label, index: index))
      }
      return byte
    }
  }

  /// The number with these bytes, the highest first.
  private func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func header(of name: String) throws -> NPYHeader {
    guard let header = self[name] else {
      throw DatasetError(path, .missingArray(name, found: arrays.map(described)))
    }
    guard header.kind != "O" else { throw DatasetError(path, .pickledArray(name)) }
    return header
  }
}

extension DatasetError.Problem {
  static func missingArray(_ name: String, found: [String]) -> Self {
    Self(
      "has no array '\(name)'; it has "
        + (found.isEmpty ? "none" : found.prefix(20).joined(separator: ", ")),
      hint:
        "name the arrays as Keras (x_train, y_train, x_test, y_test) or as MedMNIST (train_images, train_labels, val_images, …)"
    )
  }

  static func pickledArray(_ name: String) -> Self {
    Self(
      "array '\(name)' is pickled: it holds Python objects, which can run programs when they are read",
      hint: "save it as numbers, such as numpy.stack(list(\(name))).astype('uint8')")
  }

  static func imagesNotBytes(_ name: String, type: String) -> Self {
    Self(
      "array '\(name)' is of \(type); images are bytes (uint8) from 0 to 255",
      hint: type.hasPrefix("float")
        ? "save it as bytes: (\(name) * 255).round().astype('uint8') if its numbers are from 0 to 1"
        : "save it as bytes: \(name).astype('uint8') if its numbers are from 0 to 255")
  }

  static func wrongImageDimensions(_ name: String, header: NPYHeader) -> Self {
    let shape = header.shape
    let isChannelsFirst = shape.count == 4 && [1, 3].contains(shape[1])
    return Self(
      "array '\(name)' is \(header.summary); images are N×height×width, or N×height×width×channels with 1 or 3 channels",
      hint: isChannelsFirst
        ? "put the channels last: \(name).transpose(0, 2, 3, 1)"
        : "give it that shape, such as \(name).reshape(-1, 28, 28)")
  }

  static func labelsNotIntegers(_ name: String, type: String) -> Self {
    Self(
      "array '\(name)' is of \(type); labels are whole numbers",
      hint: type == "text"
        ? "number the classes: numpy.unique(\(name), return_inverse=True), and name them in 'class_names'"
        : "save it as whole numbers: \(name).astype('int64')")
  }

  static func labelOutOfRange(_ name: String, label: Int, index: Int) -> Self {
    Self(
      "label \(label) of image \(index) in array '\(name)' is not between 0 and 255",
      hint: "labels count from 0, or from 1; there may be 256 classes")
  }

  static func severalLabels(_ name: String, header: NPYHeader) -> Self {
    Self(
      "array '\(name)' is \(header.summary): more than one label for an image",
      hint:
        "one-hot labels become numbers by \(name).argmax(axis=1); images with several classes at once (MedMNIST's chestmnist) cannot be learned here"
    )
  }

  static func arrayCountMismatch(_ name: String, labels: Int, _ images: String, count: Int) -> Self
  {
    Self(
      "array '\(name)' holds \(labels) labels, but '\(images)' holds \(count) images",
      hint: "save images and labels that belong together")
  }
}
