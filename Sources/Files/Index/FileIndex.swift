import Synchronization

/// A cache of parsed files, keyed by file stamp.
///
/// An extract is found by its file's stamp, not by a path, so it is found again after the file was moved.
package final class FileIndex: Sendable {
  /// The path of the index file.
  private let path: String
  private let policy: IndexPolicy
  private let bytes: [UInt8]
  private let extracts: [FileStamp: Range<Int>]
  private let changes = Mutex(Changes())

  private struct Changes {
    /// The extracts that were used.
    var used: Set<FileStamp> = []
    /// The extracts that were made.
    var made: [(stamp: FileStamp, extract: [UInt8])] = []
  }

  /// The largest index that is read, as a whole, into memory.
  private static let largest = 1 << 30

  /// The index at `path`. A missing, damaged or foreign file counts as an empty index. Nil if there is anything but a
  /// regular file, such as a link, which may lead to some other file.
  package init?(path: String, _ policy: IndexPolicy) {
    let kind = Storage.kind(of: path)
    guard kind == nil || kind == .file else { return nil }
    self.path = path
    self.policy = policy
    let stored =
      kind == nil
      ? [] : (try? Storage.contents(path, limit: Self.largest, followsLink: false).bytes) ?? []
    extracts = FileIndexFormat.extracts(in: stored) ?? [:]
    bytes = stored
  }

  /// The value of the file at `path`: restored by `restore` from the extract in `index`, or else made by `read`,
  /// together with an extract.
  package static func value<Value>(
    of path: String, in index: FileIndex?, read: ([UInt8]) throws -> (Value, extract: [UInt8]),
    restore: ([UInt8]) throws -> Value
  ) throws -> Value {
    if let extract = index?.extract(of: path) { return try restore(extract) }
    let moment = FileStamp.now
    let (bytes, stamp) = try Storage.contents(path)
    let (value, extract) = try read(bytes)
    if let index, stamp.isSettled(for: index.policy.settling, at: moment) {
      index.changes.withLock { $0.made.append((stamp, extract)) }
    }
    return value
  }

  /// Likewise, for a `make` that reads the file itself.
  package static func value<Value>(
    of path: String, in index: FileIndex?, make: () throws -> (Value, extract: [UInt8]),
    restore: ([UInt8]) throws -> Value
  ) throws -> Value {
    if let extract = index?.extract(of: path) { return try restore(extract) }
    let (moment, before) = (FileStamp.now, FileStamp(path: path))
    let (value, extract) = try make()
    if let index, let before, before == FileStamp(path: path),
      before.isSettled(for: index.policy.settling, at: moment)
    {
      index.changes.withLock { $0.made.append((before, extract)) }
    }
    return value
  }

  private func extract(of path: String) -> [UInt8]? {
    // The usual case of a new folder: no file's stamp is read twice.
    guard !extracts.isEmpty, let stamp = FileStamp(path: path), let range = extracts[stamp] else {
      return nil
    }
    changes.withLock { _ = $0.used.insert(stamp) }
    return Array(bytes[range])
  }

  /// Writes the index if that will save noticeable time.
  package func save() {
    let (used, made) = changes.withLock { ($0.used, $0.made) }
    let lostCount = policy.isWhole ? extracts.count - used.count : 0
    guard made.count >= policy.fewest || lostCount > max(policy.fewest, used.count) else {
      return
    }
    let kept = policy.isWhole ? Array(used) : Array(extracts.keys)
    let all =
      kept.compactMap { stamp in extracts[stamp].map { (stamp, bytes[$0]) } }
      + made.map { ($0.stamp, $0.extract[...]) }
    guard let bytes = FileIndexFormat.bytes(of: all), bytes.count <= Self.largest else { return }
    do {
      let folder = Storage.parent(of: path)
      try Storage.createFolder(folder)
      guard Storage.kind(of: folder) == .folder else { return }
      try Storage.write(bytes, to: path, isDurable: false)
    } catch {
      // An index is optional, so a folder that cannot be written to has none.
    }
  }
}

/// The rules by which extracts enter and leave an index.
package struct IndexPolicy: Sendable {
  /// The least number of files that are worth an index.
  package var fewest: Int
  /// The time in nanoseconds that a file has to be unchanged.
  package var settling: Int
  /// True if all files are read, so that unused extracts have lost their files.
  package var isWhole = false

  /// With the usual values, save those given.
  package init(fewest: Int = 200, settling: Int = 2_000_000_000) {
    self.fewest = fewest
    self.settling = settling
  }
}
