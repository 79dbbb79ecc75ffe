import Documents
import Files
import Glibc

/// Datasets as they were decoded, each a file in the cache folder that every process maps.
///
/// A dataset is found by its source: the files that it is made of, each with its stamp, and the settings of decoding. One
/// process decodes it, on all machines that share the folder, and others wait. What cannot be kept is decoded each time.
package struct DecodedCache: Sendable {
  private let path: String
  /// How long files must have been unchanged before what was read of them is kept, in nanoseconds.
  private let settling: Int
  /// The most bytes that all of it takes, unless a single dataset is larger.
  private let largest: Int
  /// Called with one line of text before the process waits for another.
  private let report: @Sendable (String) -> Void

  /// The cache in the cache folder of `locations`.
  package init(
    in locations: DataLocations, settling: Int = IndexPolicy(fewest: 1).settling,
    largest: Int = 32 << 30
  ) {
    path = locations.cacheFolder + "/decoded"
    self.settling = settling
    self.largest = largest
    report = locations.report
  }

  /// What a dataset is decoded from.
  package struct Source: Sendable {
    /// The dataset's type in a spec.
    package let type: String
    /// The folder or file of the dataset.
    package let path: String
    /// Everything that says how it is decoded.
    let settings: String
    /// The files that are read: paths below a folder, or absolute ones; none for a single file.
    let files: [String]

    package init(type: String, path: String, settings: String, files: [String] = []) {
      self.type = type
      self.path = path
      self.settings = settings
      self.files = files
    }

    /// The name of its decoded form, and the last time that one of its files changed; nil if one is missing.
    fileprivate var identity: (key: String, changed: Int)? {
      var changed = 0
      let checksum = SHA256()
      func add(_ text: String) {
        var text = text
        text.withUTF8 { checksum.update(UnsafeRawBufferPointer($0)) }
      }
      add("\(DecodedFile.version)\n\(Picture.decoders)\n\(type)\n\(settings)\n")
      for file in files.isEmpty ? [""] : files {
        let place = file.isEmpty ? path : file.hasPrefix("/") ? file : "\(path)/\(file)"
        guard let stamp = FileStamp(path: place) else { return nil }
        changed = max(changed, stamp.modified, stamp.changed)
        add("\(file)\0\(stamp.size) \(stamp.modified) \(stamp.changed) \(stamp.number)\n")
      }
      return (checksum.finalize(), changed)
    }
  }

  /// The dataset of `source`: as it was decoded before, or else by `make`, after which it is kept.
  package func dataset(
    of source: Source, make: () throws -> LoadedDataset
  ) throws -> LoadedDataset {
    guard let identity = source.identity else { return try make() }
    if let stored = stored(identity.key) { return stored }
    let turn = takeTurn(identity.key, of: source)
    defer { turn?.retire() }
    if let stored = stored(identity.key) { return stored }
    let moment = now
    let made = try turn?.renewed(during: make) ?? make()
    // A file that changes within a tick of the clock after it was read has the same stamp.
    guard identity.changed < moment - settling, source.identity?.key == identity.key else {
      return made
    }
    do {
      try Storage.createFolder(path)
      try requireSpace(for: made)
      try DecodedFile.write(made, of: source, to: identity.key, in: Folder(path))
      try removeOthers(than: identity.key, of: source)
    } catch {
      return made.adding(notes: ["decoded images are not kept for the next start: \(error)"])
    }
    // Mapped, it is shared with other processes.
    return stored(identity.key) ?? made
  }

  /// The right to decode the dataset `key` of `source`, after waiting for a process that has it. Nil if that process has
  /// decoded it by then, or could not, so that there is nothing more to wait for.
  private func takeTurn(_ key: String, of source: Source) -> Lease? {
    guard (try? Storage.createFolder(path)) != nil, let folder = try? Folder(path) else {
      return nil
    }
    let name = ".\(key).lease"
    // Of a lease that cannot be read nobody knows how long to wait.
    if case .held(by: nil) = folder.lease(name) { return nil }
    var hasWaited = false
    let turn = try? folder.awaitLease(
      name, unless: { folder.kind(of: key) != nil },
      isWaiting: {
        hasWaited = true
        report("waiting for another process, which is decoding \(source.path)")
      })
    if hasWaited { turn?.lease.retire() }
    return hasWaited ? nil : turn?.lease
  }

  /// The time by this computer's clock or by that of the cache's file server, whichever is earlier: one of these gave the
  /// files their times.
  private var now: Int { min(FileStamp.now, (try? Folder(path))?.time ?? .max) }

  /// Throws unless there is room for the pixels of `dataset` on the disk.
  private func requireSpace(for dataset: LoadedDataset) throws(StorageError) {
    guard try Storage.freeByteCount(in: path) > dataset.summary.byteCount else {
      throw StorageError(.write, path, code: ENOSPC)
    }
  }

  /// Removes what the dataset `key` of `source` replaces, and of the others those that were not used for longest, as far
  /// as all are too large.
  private func removeOthers(than key: String, of source: Source) throws(StorageError) {
    let (folder, entries) = (try Folder(path), try entries())
    var byteCount = entries.first { $0.key == key }?.byteCount ?? 0
    for entry in entries where entry.key != key {
      if byteCount + entry.byteCount > largest || entry.isEarlier(source) {
        try Self.remove(entry, in: folder)
      } else {
        byteCount += entry.byteCount
      }
    }
  }

  private static func remove(_ entry: Entry, in folder: Folder) throws(StorageError) {
    do {
      try folder.removeFile(entry.key)
    } catch  where error.isMissing {
      // Another process was faster.
    }
  }

  private func stored(_ key: String) -> LoadedDataset? {
    // Damaged files, and those that a user may not read, are as none.
    guard let folder = try? Folder(path) else { return nil }
    return try? DecodedFile.read(key, in: folder)
  }

  /// A dataset in the cache.
  package struct Entry: Sendable {
    package let key: String
    /// The dataset's type in a spec; nil if the file is damaged.
    package let type: String?
    /// The folder or file that it was decoded from.
    package let source: String?
    fileprivate let settings: String?
    package let byteCount: Int
    package let lastUse: Timestamp

    /// True if it was decoded from `source` when that had other files.
    fileprivate func isEarlier(_ source: Source) -> Bool {
      (type, self.source, settings) == (source.type, source.path, source.settings)
    }
  }

  /// All datasets in the cache, those used last first.
  package func entries() throws(StorageError) -> [Entry] {
    guard Storage.isFolder(path) else { return [] }
    let folder = try Folder(path)
    return try folder.entries().filter { $0.kind == .file }
      .compactMap { entry in
        FileStamp(path: folder.path(of: entry.name)).map { stamp in
          let header = try? DecodedFile.header(of: entry.name, in: folder)
          return Entry(
            key: entry.name, type: header?.type, source: header?.source, settings: header?.settings,
            byteCount: stamp.size,
            lastUse: Timestamp(seconds: stamp.modified / 1_000_000_000))
        }
      }
      .sorted { $0.lastUse > $1.lastUse }
  }

  /// Removes everything in the cache; returns how many bytes that were. Processes that use it keep what they mapped.
  package func clear() throws(StorageError) -> Int {
    let entries = try entries()
    guard Storage.isFolder(path) else { return 0 }
    let folder = try Folder(path)
    for entry in entries { try Self.remove(entry, in: folder) }
    // What another process is just writing is left alone.
    try folder.removeTemporaryFiles(unchangedFor: 3600 * 1_000_000_000)
    return entries.reduce(0) { $0 + $1.byteCount }
  }
}
