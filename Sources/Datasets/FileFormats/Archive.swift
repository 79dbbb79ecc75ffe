internal import CArchive
import Glibc

/// A zip file, or a tar file that may be gzipped, whose files are read one after the other by libarchive.
///
///     let archive = try Archive(path: path)
///     while let entry = try archive.next() {
///       if entry.name == wanted { bytes = try archive.contents(of: entry) }
///     }
///
/// Sizes are checked before memory is taken, so neither a damaged header nor a zip bomb can ask for all of it.
package final class Archive {
  /// A file in an archive. Folders and links are passed over, and in a zip file also names beyond ASCII: libarchive gives
  /// them in the charset of the locale, which is C here.
  package struct Entry: Equatable, Sendable {
    /// Its path in the archive, such as `folder/name`.
    package let name: String
    /// Number of its decompressed bytes.
    package let byteCount: Int
  }

  package let path: String
  private let descriptor: Int32
  private let archive: OpaquePointer
  /// An upper bound of the bytes that can still come.
  private var rest: Int
  /// Bytes of the current entry that have not been read.
  private var restOfEntry = 0

  /// Opens `path`. Throws a `DatasetError` if it is no regular file, or libarchive is missing; whether it is an archive is
  /// told by the first entry.
  package init(path: String) throws {
    if let obstacle = exp_archive_obstacle() {
      throw DatasetError(path, .noArchiveLibrary(reason: String(cString: obstacle)))
    }
    let (descriptor, byteCount) = try InputFile.open(path)
    guard let archive = exp_archive_open(descriptor) else {
      close(descriptor)
      throw DatasetError(path, .noMemory)
    }
    self.path = path
    self.descriptor = descriptor
    self.archive = archive
    rest = InputFile.mostDeflatedBytes(from: byteCount)
  }

  deinit {
    exp_archive_close(archive)
    close(descriptor)
  }

  /// Goes to the next file, and returns it; nil if there is none.
  package func next() throws -> Entry? {
    while true {
      var entry = exp_archive_entry()
      switch exp_archive_next(archive, &entry) {
      case 0: return nil
      case 1: break
      default: throw damage
      }
      guard entry.is_file != 0, let name = entry.name.map({ String(cString: $0) }) else { continue }
      guard entry.byte_count >= 0 else { throw DatasetError(path, .unsizedEntry(name: name)) }
      guard entry.byte_count <= rest else {
        throw DatasetError(path, .oversizedEntry(name: name, byteCount: Int(entry.byte_count)))
      }
      restOfEntry = Int(entry.byte_count)
      return Entry(name: name, byteCount: restOfEntry)
    }
  }

  /// Fills `buffer` as far as the current file reaches and returns the number of bytes read. Its checksum has been
  /// compared when a read comes to its end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    var filled = 0
    while filled < buffer.count {
      let count = exp_archive_read(archive, start + filled, buffer.count - filled)
      guard count >= 0 else { throw damage }
      if count == 0 { break }
      filled += count
    }
    guard filled <= restOfEntry else {
      throw DatasetError(path, .damagedArchive(reason: "a file in it is longer than it says"))
    }
    restOfEntry -= filled
    rest -= filled
    guard filled == buffer.count || restOfEntry == 0 else {
      throw DatasetError(path, .damagedArchive(reason: "a file in it is cut short"))
    }
    return filled
  }

  /// All bytes of the current file, which is `entry`.
  package func contents(of entry: Entry) throws -> [UInt8] {
    try DatasetError.requireMemory(entry.byteCount, for: path)
    let bytes = try [UInt8](unsafeUninitializedCapacity: entry.byteCount) { buffer, count in
      count = try read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    // Only a read that meets the end compares the checksum.
    _ = try isAtEnd()
    return bytes
  }

  /// Whether nothing of the current file is left to read.
  package func isAtEnd() throws -> Bool {
    try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { try read(into: $0) == 0 }
  }

  private var damage: DatasetError {
    DatasetError(
      path,
      .damagedArchive(
        reason: exp_archive_error(archive).map { String(cString: $0) } ?? "for an unknown reason"))
  }
}

extension DatasetError.Problem {
  static func noArchiveLibrary(reason: String) -> Self {
    Self(
      "cannot be read without libarchive, which opens zip and tar files: \(reason)",
      hint: "install it: apt-get install libarchive13")
  }

  static func damagedArchive(reason: String) -> Self {
    Self("damaged, or neither a zip nor a tar file: \(reason)", hint: .copyAnew)
  }

  static func unsizedEntry(name: String) -> Self {
    Self("it does not say how long '\(name)' is", hint: "pack the files anew")
  }

  static func oversizedEntry(name: String, byteCount: Int) -> Self {
    Self(
      "it announces \(byteCount) bytes for '\(name)', more than an archive of its size can hold",
      hint: .copyAnew)
  }
}
