import ChildPrograms
import Files

/// The download of one file of a catalogue dataset.
struct Download {
  let file: PublishedDataset.File
  /// The file's address at each mirror, in the order to try them.
  let addresses: [String]
  /// The folder to write it to.
  let folder: String

  /// Tries of one mirror that cuts the connection every time, but sends something before.
  private static let tries = 8

  /// Fetches the file from the first mirror that has the right contents.
  ///
  /// It appears under its name only when it is whole and right. What came before a connection was cut is kept, and
  /// taken up by the next mirror and by the next download. Returns why each mirror failed if none of them worked, nil
  /// otherwise; throws a `StorageError` or a `DatasetError` if the file cannot be written.
  func run(report: (String) -> Void) throws -> [String]? {
    try Storage.createFolder(folder)
    let partial = try PartialFile(file.name, in: Folder(folder)) {
      report("waiting for another process, which is downloading \(file.name)")
    }
    guard let partial else { return nil }
    do {
      let failures = try fill(partial, report: report)
      return partial.isOvertaken ? nil : failures
    } catch {
      if partial.isOvertaken { return nil }
      throw error
    }
  }

  /// Fetches what `partial` lacks, and gives it its name. Returns why each mirror failed if none of them worked.
  private func fill(_ partial: PartialFile, report: (String) -> Void) throws -> [String]? {
    try DatasetError.requireSpace(
      file.byteCount - partial.byteCount, for: file.name, in: folder)
    var failures: [String] = []
    for address in addresses {
      let isBegun = partial.byteCount > 0
      report("\(isBegun ? "resuming" : "downloading") \(address)")
      guard let failure = try fetch(address, to: partial) else {
        try partial.finish()
        return nil
      }
      failures.append("\(address): \(failure)")
    }
    if partial.byteCount == 0 { try partial.remove() }
    return failures
  }

  /// Fetches what `partial` lacks from one mirror, in several tries if it cuts the connection. Returns why it failed,
  /// or nil if the file is whole and right.
  private func fetch(_ address: String, to partial: PartialFile) throws -> String? {
    var reason = ""
    for _ in 0..<Self.tries {
      let start = partial.byteCount
      switch try transfer(address, to: partial) {
      case nil: return nil
      case .interrupted(let failure):
        if partial.byteCount == start { return failure }
        reason = failure
      case .useless(let failure):
        try partial.clear()
        // Otherwise the bytes of another mirror, or of another day, may be to blame.
        if start == 0 { return failure }
        reason = failure
      }
    }
    return reason
  }

  private enum Failure {
    /// What came before may be right.
    case interrupted(String)
    /// The bytes that are there do not lead to the right file.
    case useless(String)
  }

  /// Adds to `partial` what the mirror sends; returns why the file is not right afterwards, or nil.
  private func transfer(_ address: String, to partial: PartialFile) throws -> Failure? {
    let start = partial.byteCount
    // A process may have ended between the last byte and the checksum.
    if start > 0, start >= file.byteCount {
      return try file.mismatch(at: partial.path).map { .useless($0) }
    }
    let curl = ChildProgram([
      "curl", "--fail", "--location", "--silent", "--connect-timeout", "20",
      "--speed-limit", "1000", "--speed-time", "30", "--continue-at", "\(start)",
      "--write-out", "%{stderr}%{http_code} %{errormsg}", address,
    ])
    var progress = DownloadProgress(total: file.byteCount)
    defer { progress.clear() }
    do {
      // Bounded here, since curl does not bound what is sent without its length.
      let (ending, errors) = try curl.run { bytes in
        guard bytes.count <= file.byteLimit - partial.byteCount else { throw TooLong() }
        try partial.append(bytes)
        progress.show(partial.byteCount)
      }
      switch ending {
      case .exited(status: 0): return try file.mismatch(at: partial.path).map { .useless($0) }
      case .exited(status: Self.rangeError) where start > 0:
        return .useless("resumes no download")
      case .exited(let status):
        let words = String(decoding: errors, as: UTF8.self).split(separator: " ", maxSplits: 1)
        // Nothing is left to be sent: the file was whole, unless it is another one.
        if start > 0, words.first == Self.rangeNotSatisfiable {
          return try file.mismatch(at: partial.path).map { .useless($0) }
        }
        return .interrupted(
          words.count > 1 ? String(words[1]) : "curl ended with status \(status)")
      default: return .interrupted("curl was ended")
      }
    } catch is TooLong {
      return .useless("goes on after the \(file.byteLimit) bytes that it may have")
    } catch let error as ChildProgramError {
      return .interrupted(error.description)
    }
  }

  /// The status with which curl ends where a server sends a file from its start in place of the part asked for.
  private static let rangeError: Int32 = 33

  /// The HTTP status where the part asked for is beyond the file's end.
  private static let rangeNotSatisfiable: Substring = "416"

  private struct TooLong: Error {}
}
