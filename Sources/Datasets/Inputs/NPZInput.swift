import TextLayout

/// An archive of NumPy arrays.
enum NPZInput: InputKind {
  static let name = "npz files"

  /// Throws a `DatasetError` for an array outside an archive.
  static func matches(_ path: String, start: [UInt8]?) throws -> Bool {
    guard let start else { return false }
    if start.starts(with: [0x93] + Array("NUMPY".utf8)) { throw DatasetError(path, .singleArray) }
    return start.starts(with: "PK\u{3}\u{4}".utf8) || start.starts(with: "PK\u{5}\u{6}".utf8)
  }

  /// Its test images, as datasets name them, with a note if there are others; or the only array that could be images.
  static func read(
    _ path: String, _ preparation: ImagePreparation
  ) throws -> (contents: [InputContent], notes: [String]) {
    let file = try NPZFile(path: path)
    let (name, others) = try file.unlabelledImages()
    let array = ImageArray(
      path: path, shape: try file.imageShape(of: name).shape, pixels: try file.images(name))
    let note =
      "\(path): only '\(name)' is predicted, not \(listed(others.map { "'\($0)'" }, most: 5))"
    return ([.images(array)], others.isEmpty ? [] : [note])
  }
}

extension NPZFile {
  /// The name of the array of images to predict, and of the others that could be images.
  fileprivate func unlabelledImages() throws -> (name: String, others: [String]) {
    let candidates = arrays.filter { [3, 4].contains($0.header.shape.count) }.map(\.name)
    if let test = Self.testImageNames.first(where: { self[$0] != nil }) {
      return (test, candidates.filter { $0 != test })
    }
    guard candidates.count <= 1 else {
      throw DatasetError(path, .severalImageArrays(candidates, test: Self.testImageNames))
    }
    guard let name = candidates.first ?? arrays.first?.name else {
      throw DatasetError(path, .noImages)
    }
    return (name, [])
  }
}

extension DatasetError.Problem {
  static let singleArray = Self(
    "a single NumPy array", hint: "save it in an archive: numpy.savez('images.npz', images)")

  static func severalImageArrays(_ names: [String], test: [String]) -> Self {
    Self(
      "has several arrays that could be the images: \(listed(names, most: 10))",
      hint: "call those to predict \(test.map { "'\($0)'" }.joined(separator: " or "))")
  }
}
