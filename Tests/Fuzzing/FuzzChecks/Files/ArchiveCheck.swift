import Datasets

/// What must hold for a tar file, and for the same one gzipped.
struct ArchiveCheck: FileCheck {
  let seed = SeedFolder.catalogue.path(of: "archive.tar")
  private let file = temporaryFolder() + "/archive.tar"

  func check(_ bytes: [UInt8]) {
    let plain = read(bytes)
    guard !isGzip(bytes), let plain else { return }
    let packed = read(gzip(bytes))
    precondition(packed.map { $0 == plain } ?? false, "gzipped, it is something else")
  }

  /// The names and bytes of its files; nil if it is damaged.
  private func read(_ bytes: [UInt8]) -> [String: [UInt8]]? {
    write(bytes, to: file)
    return reporting {
      let archive = try Archive(path: file)
      var files: [String: [UInt8]] = [:]
      while let entry = try archive.next() {
        let contents = try archive.contents(of: entry)
        precondition(contents.count == entry.byteCount, "other bytes than announced")
        files[entry.name] = contents
      }
      return files
    }
  }
}
