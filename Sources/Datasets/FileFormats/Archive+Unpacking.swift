import Files

extension Archive {
  /// Writes those files of the archive at `path` whose names, without folders and `.gz`, are among `names` into
  /// `folder`, unless they are there.
  static func unpack(_ path: String, files names: [String], into folder: String) throws {
    try Storage.createFolder(folder)
    let target = try Folder(folder)
    let archive = try Archive(path: path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while let entry = try archive.next() {
      let name = Storage.name(of: entry.name)
      guard names.contains(name) || names.contains(where: { "\($0).gz" == name }),
        let file = try PartialFile(name, in: target)
      else { continue }
      // What is left of another time may be of another archive.
      try file.clear()
      while true {
        let count = try archive.read(into: buffer)
        if count == 0 { break }
        try file.append(.init(rebasing: buffer[..<count]))
      }
      try file.finish()
    }
  }
}
