import Synchronization

/// A cache of parsed files, keyed by file stamp.
///
/// An extract is found by its file's stamp, not by a path, so it is found again after the file was moved. If something
/// else has the name of the index, it is left alone.
package final class FileIndex: Sendable {
  private let name: String
  /// Opens the folder of the index, which is created if it is missing.
  private let openFolder: @Sendable () throws -> Folder
  private let policy: IndexPolicy
  private let bytes: [UInt8]
  private let extracts: [FileStamp: Range<Int>]
  /// The time by `Computer.uptime` before anything is read.
  private let opened = Computer.uptime
  private let changes = Mutex(Changes())

  private struct Changes {
    /// The extracts that were used.
    var used: Set<FileStamp> = []
    /// The extracts that were made.
    var made: [(stamp: FileStamp, extract: [UInt8])] = []
  }

  /// The largest index that is read, as a whole, into memory.
  private static let largest = 1 << 28

  /// The index in the file `name` of `folder`. A missing, damaged or foreign file counts as an empty index.
  ///
  /// - Parameter openFolder: opens the folder when the index is saved, and creates it if it is missing.
  package init(
    _ name: String, in folder: Folder?, _ policy: IndexPolicy,
    openFolder: @escaping @Sendable () throws -> Folder
  ) {
    self.name = name
    self.openFolder = openFolder
    self.policy = policy
    let stored = (try? folder?.read(name, limit: Self.largest)) ?? []
    extracts = FileIndexFormat.extracts(in: stored) ?? [:]
    bytes = stored
  }

  /// The value of the file `name` in the folder at `path`: restored by `restore` from the extract in `index`, or else
  /// made by `read` from its bytes, of which there may be at most `limit`, together with an extract.
  ///
  /// - Parameter open: opens the folder; not called where there is an extract, since it takes as long as all the rest.
  package static func value<Value>(
    of name: String, in path: String, limit: Int, with index: FileIndex?,
    open: () throws -> Folder,
    read: ([UInt8]) throws -> (Value, extract: [UInt8]), restore: ([UInt8]) throws -> Value
  ) throws -> Value {
    if let extract = index?.extract(of: { FileStamp(ofFileAt: path + "/" + name) }) {
      return try restore(extract)
    }
    let moment = FileStamp.now
    let (bytes, stamp) = try open().contents(name, limit: limit)
    let (value, extract) = try read(bytes)
    if let index, stamp.isSettled(for: index.policy.settling, at: moment) {
      index.changes.withLock { $0.made.append((stamp, extract)) }
    }
    return value
  }

  /// Likewise of the file at `path`, for a `make` that reads the file itself.
  package static func value<Value>(
    of path: String, with index: FileIndex?, make: () throws -> (Value, extract: [UInt8]),
    restore: ([UInt8]) throws -> Value
  ) throws -> Value {
    if let extract = index?.extract(of: { FileStamp(path: path) }) { return try restore(extract) }
    let (moment, before) = (FileStamp.now, FileStamp(path: path))
    let (value, extract) = try make()
    if let index, let before, before == FileStamp(path: path),
      before.isSettled(for: index.policy.settling, at: moment)
    {
      index.changes.withLock { $0.made.append((before, extract)) }
    }
    return value
  }

  private func extract(of stamp: () -> FileStamp?) -> [UInt8]? {
    // The usual case of a new folder: no file's stamp is read twice.
    guard !extracts.isEmpty, let stamp = stamp(), let range = extracts[stamp] else { return nil }
    changes.withLock { _ = $0.used.insert(stamp) }
    return Array(bytes[range])
  }

  /// Writes the index if that will save noticeable time.
  package func save() {
    let (used, made) = changes.withLock { ($0.used, $0.made) }
    let lostCount = policy.isWhole ? extracts.count - used.count : 0
    func isWorthIt(_ count: Int) -> Bool {
      count >= policy.fewest || lostCount > max(policy.fewest, used.count)
    }
    guard isWorthIt(made.count) else { return }
    do {
      let folder = try openFolder()
      guard [nil, .file].contains(folder.kind(of: name)), let now = folder.time else { return }
      // This computer's clock may be ahead of the file server's, which gives files their times.
      let start = now - (Computer.uptime - opened)
      let settled = made.filter { $0.stamp.isSettled(for: policy.settling, at: start) }
      guard isWorthIt(settled.count) else { return }
      let kept = policy.isWhole ? Array(used) : Array(extracts.keys)
      let all =
        kept.compactMap { stamp in extracts[stamp].map { (stamp, bytes[$0]) } }
        + settled.map { ($0.stamp, $0.extract[...]) }
      guard let bytes = FileIndexFormat.bytes(of: all), bytes.count <= Self.largest else { return }
      try folder.write(bytes, to: name, isDurable: false)
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
