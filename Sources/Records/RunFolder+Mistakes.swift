import Files
import Metrics

extension RunFolder {
  static let mistakesFolder = "mistakes"

  /// The name of the picture of the image at `index` of `part`: `test-00321.png`.
  private static func pictureName(_ part: ScoreName.Part, _ index: Int) -> String {
    let number = String(index)
    let zeros = String(repeating: "0", count: max(0, 5 - number.count))
    return "\(part.rawValue)-\(zeros)\(number).png"
  }

  /// Keeps the PNG file `bytes` as the picture of the image at `index` of `part`.
  package func writeMistake(
    _ bytes: [UInt8], of part: ScoreName.Part, index: Int
  ) throws(StorageError) {
    try opened().createFolder(Self.mistakesFolder)
      .write(bytes, to: Self.pictureName(part, index))
  }

  /// The PNG file with the picture of the image at `index` of `part`; nil if the run kept none.
  ///
  /// It may go into reports that are passed on: only a whole picture is taken. Throws a `StorageError` or a
  /// `DamagedFileError`.
  package func mistake(of part: ScoreName.Part, at index: Int) throws -> [UInt8]? {
    let name = Self.pictureName(part, index)
    guard let folder = try opened().folder(Self.mistakesFolder), folder.kind(of: name) != nil
    else { return nil }
    let bytes = try folder.read(name, limit: Self.largestMistake)
    guard bytes.starts(with: Self.pictureStart),
      bytes.suffix(Self.pictureEnd.count).elementsEqual(Self.pictureEnd)
    else { throw DamagedFileError(path: folder.path(of: name), reason: "it is no picture") }
    return bytes
  }

  private static let largestMistake = 1 << 20
  /// The signature of PNG files.
  private static let pictureStart: [UInt8] = [0x89] + "PNG\r\n".utf8 + [0x1A, 0x0A]
  /// The empty chunk that PNG files end with, and its checksum.
  private static let pictureEnd: [UInt8] = [0, 0, 0, 0] + "IEND".utf8 + [0xAE, 0x42, 0x60, 0x82]
}
