import ChildPrograms
import Files
import Glibc

/// One file of a catalogue dataset, as its mirrors offer it.
struct Download {
  /// The file's address at each mirror, in the order to try them.
  let addresses: [String]
  /// The decompressed contents.
  let file: PublishedDataset.File
  /// The path to write it to.
  let destination: String

  /// Fetches the file from the first mirror that has the right contents.
  ///
  /// The file appears under its name only when it is whole and right. Returns why each mirror
  /// failed if none of them worked, nil otherwise.
  func run(report: (String) -> Void) throws -> [String]? {
    try makeFolders(destination)
    let temporary = "\(destination).\(getpid()).partial"
    defer { unlink(temporary) }
    var failures: [String] = []
    for address in addresses {
      report("downloading \(address)")
      if let failure = try fetch(address, to: temporary) {
        failures.append("\(address): \(failure)")
        continue
      }
      guard rename(temporary, destination) == 0 else {
        throw DatasetError(destination, .unwritable(reason: String(cString: strerror(errno))))
      }
      return nil
    }
    return failures
  }

  /// Returns why `address` failed, or nil.
  private func fetch(_ address: String, to temporary: String) throws -> String? {
    let isTerminal = isatty(STDERR_FILENO) == 1
    let arguments = [
      "curl", "--fail", "--location", isTerminal ? "--progress-bar" : "--silent",
      "--connect-timeout", "20", "--speed-limit", "1000", "--speed-time", "30",
      // Compression makes nothing larger than by some bytes for each block, and a head.
      "--max-filesize", "\(file.byteCount + (file.byteCount >> 8) + (1 << 10))",
      "--write-out", "%{errormsg}", "--output", temporary, address,
    ]
    if let failure = try ChildProgram(arguments).failure() { return failure }
    do {
      let found = try SHA256.hexDigest(ofFile: temporary, limit: file.byteCount)
      return found == file.checksum ? nil : "wrong contents, SHA-256 \(found)"
    } catch let error as DatasetError {
      return error.message
    }
  }

  private func makeFolders(_ path: String) throws {
    for (index, character) in zip(path.indices, path).dropFirst() where character == "/" {
      let folder = String(path[..<index])
      guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
        throw DatasetError(folder, .unwritable(reason: String(cString: strerror(errno))))
      }
    }
  }
}
