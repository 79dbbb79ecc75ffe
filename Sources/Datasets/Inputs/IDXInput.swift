/// An IDX file of images.
enum IDXInput: InputKind {
  static let name = "IDX files"

  /// Two zeros, a type of numbers, and how many lengths follow.
  static func matches(_ path: String, start: [UInt8]?) -> Bool {
    guard let start, start.count >= 4 else { return false }
    return start[0] == 0 && start[1] == 0 && 8...14 ~= start[2] && 1...4 ~= start[3]
  }

  static func read(
    _ path: String, _ preparation: ImagePreparation
  ) throws -> (contents: [InputContent], notes: [String]) {
    let file = try IDXFile(path: path, content: .images)
    try DatasetError.requireMemory(file.byteCount, for: path)
    let pixels = try PixelStorage(byteCount: file.byteCount) { try file.read(into: $0) }
    return ([.images(ImageArray(path: path, shape: file.imageShape, pixels: pixels))], [])
  }
}
