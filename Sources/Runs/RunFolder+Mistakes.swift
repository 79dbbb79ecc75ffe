extension RunFolder {
  private static let mistakesFolder = "mistakes"

  /// Where the picture of the test image at `index` is: `mistakes/test-00321.png`.
  public func path(ofMistake index: Int) -> String {
    let number = String(index)
    let zeros = String(repeating: "0", count: max(0, 5 - number.count))
    return "\(path)/\(Self.mistakesFolder)/test-\(zeros)\(number).png"
  }

  /// Keeps the PNG file `bytes` as the picture of the test image at `index`.
  public func writeMistake(_ bytes: [UInt8], index: Int) throws(StorageError) {
    try Storage.createFolder(path + "/" + Self.mistakesFolder)
    try Storage.write(bytes, to: path(ofMistake: index))
  }

  /// The PNG file with the picture of the test image at `index`; nil if the run kept none.
  public func mistake(at index: Int) throws(StorageError) -> [UInt8]? {
    let file = path(ofMistake: index)
    return Storage.exists(file) ? try Storage.read(file) : nil
  }
}
