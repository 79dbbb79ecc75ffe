import Synchronization

/// A cache of parsed files, keyed by file stamp.
///
/// An extract is found by its file's stamp, so that an index knows no paths: wherever a file went, it is found
/// again, and what became of a name is asked of the file system alone.
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

  /// An index is read as a whole; one that grew beyond measure must not take all memory.
  private static let largest = 1 << 30

  /// The index at `path`. What is not there, damaged or another program's counts as empty; nil if there is
  /// anything but a file, such as a link, which may lead to what is none of an index.
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

  /// The value that `read` makes, with an extract, of the file at `path`; or that `restore` makes of the extract in
  /// `index`.
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

  /// Likewise, where `make` reads the file itself.
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
    // The usual case of a new folder: no file is asked for its stamp twice.
    guard !extracts.isEmpty, let stamp = FileStamp(path: path), let range = extracts[stamp] else {
      return nil
    }
    changes.withLock { _ = $0.used.insert(stamp) }
    return Array(bytes[range])
  }

  /// Writes the index if that saves noticeable time next time.
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
      // A folder that cannot be written into has no index, and needs none.
    }
  }
}

/// The rules by which extracts enter and leave an index.
package struct IndexPolicy: Sendable {
  /// Reading fewer files takes no noticeable time, and is not worth a file.
  package var fewest: Int
  /// The time in nanoseconds that a file has to be unchanged.
  package var settling: Int
  /// True if extracts that nobody asks for have lost their files.
  package var isWhole = false

  /// With the usual values, save those given.
  package init(fewest: Int = 200, settling: Int = 2_000_000_000) {
    self.fewest = fewest
    self.settling = settling
  }
}
