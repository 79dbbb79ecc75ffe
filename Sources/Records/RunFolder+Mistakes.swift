import Files

extension RunFolder {
  static let mistakesFolder = "mistakes"

  /// The path of the picture of the test image at `index`: `mistakes/test-00321.png`.
  package func path(ofMistake index: Int) -> String {
    let number = String(index)
    let zeros = String(repeating: "0", count: max(0, 5 - number.count))
    return "\(path)/\(Self.mistakesFolder)/test-\(zeros)\(number).png"
  }

  /// Keeps the PNG file `bytes` as the picture of the test image at `index`.
  package func writeMistake(_ bytes: [UInt8], index: Int) throws(StorageError) {
    _ = try Storage.createNewFolder(path + "/" + Self.mistakesFolder)
    try Storage.write(bytes, to: path(ofMistake: index))
  }

  /// The PNG file with the picture of the test image at `index`; nil if the run kept none.
  ///
  /// It may go into reports that are passed on: no link to another file is followed, and only a whole picture
  /// is taken. Throws a `StorageError` or a `DamagedFileError`.
  package func mistake(at index: Int) throws -> [UInt8]? {
    let file = path(ofMistake: index)
    guard let kind = Storage.kind(of: file) else { return nil }
    guard kind == .file, Storage.kind(of: Storage.parent(of: file)) == .folder,
      case let bytes = try Storage.contents(
        file, limit: Self.largestMistake, followsLink: false
      ).bytes,
      bytes.starts(with: Self.pictureStart),
      bytes.suffix(Self.pictureEnd.count).elementsEqual(Self.pictureEnd)
    else { throw DamagedFileError(path: file, reason: "it is no picture") }
    return bytes
  }

  private static let largestMistake = 1 << 20
  /// The signature of PNG files.
  private static let pictureStart: [UInt8] = [0x89] + "PNG\r\n".utf8 + [0x1A, 0x0A]
  /// The empty chunk that PNG files end with, and its checksum.
  private static let pictureEnd: [UInt8] = [0, 0, 0, 0] + "IEND".utf8 + [0xAE, 0x42, 0x60, 0x82]
}
