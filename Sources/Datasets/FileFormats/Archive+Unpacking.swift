import Files

extension Archive {
  /// Writes those files of the archive at `path` whose names, without folders and `.gz`, are among `names` into
  /// `folder`, unless they are there.
  static func unpack(_ path: String, files names: [String], into folder: String) throws {
    try Storage.createFolder(folder)
    let target = try Folder(folder)
    let archive = try Archive(path: path)
    while let entry = try archive.next() {
      let name = Storage.name(of: entry.name)
      guard names.contains(name) || names.contains(where: { "\($0).gz" == name }),
        let file = try PartialFile(name, in: target)
      else { continue }
      do {
        // What is left of another time may be of another archive.
        try file.clear()
        try DatasetError.requireSpace(entry.byteCount, for: name, in: folder)
        try archive.write(to: file)
        try file.finish()
      } catch {
        if file.isOvertaken { continue }
        // The first error says more than one of tidying up.
        try? file.remove()
        throw error
      }
    }
  }

  /// Adds the bytes of the current file to `file`.
  private func write(to file: PartialFile) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try read(into: buffer)
      if count == 0 { break }
      try file.append(.init(rebasing: buffer[..<count]))
    }
  }
}
