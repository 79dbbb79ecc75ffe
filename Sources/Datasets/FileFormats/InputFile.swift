internal import CZlib
import Glibc

/// A file that is read from start to end, decompressed on the way if it is gzipped.
///
/// zlib tells by the first two bytes (1f 8b) and checks the stream's own checksum at its end.
final class InputFile {
  let path: String
  /// An upper bound of the bytes that can still be read, known before anything is decompressed.
  let maximumByteCount: Int
  let isCompressed: Bool
  private let handle: gzFile

  /// Opens `path` for reading.
  init(path: String) throws {
    let (descriptor, byteCount) = try InputFile.open(path)
    guard let handle = gzdopen(descriptor, "rb") else {
      close(descriptor)
      throw DatasetError(path, .noMemory)
    }
    self.path = path
    self.handle = handle
    gzbuffer(handle, 1 << 17)
    isCompressed = gzdirect(handle) == 0
    maximumByteCount = isCompressed ? Self.mostDeflatedBytes(from: byteCount) : byteCount
  }

  deinit { gzclose_r(handle) }

  /// Opens the regular file `path` for reading; returns its descriptor and its size.
  static func open(_ path: String) throws -> (descriptor: Int32, byteCount: Int) {
    // Non-blocking, so that a pipe in the place of a file is refused instead of waited for.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw DatasetError.opening(path, errorNumber: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw DatasetError(path, .notRegular)
    }
    return (descriptor, Int(status.st_size))
  }

  /// The most bytes that `byteCount` bytes can become: Deflate codes at best 258 bytes in 2 bits, so nothing grows by
  /// more than 1032.
  static func mostDeflatedBytes(from byteCount: Int) -> Int { min(byteCount, .max / 1032) * 1032 }

  /// Fills `buffer` as far as the file reaches and returns the number of bytes read.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    var filled = 0
    while filled < buffer.count {
      let wanted = min(buffer.count - filled, 1 << 30)
      let count = gzread(handle, start + filled, UInt32(wanted))
      if count > 0 { filled += Int(count) }
      if count < wanted {
        try checkStatus()
        break
      }
    }
    return filled
  }

  /// True if nothing is left to read.
  func isAtEnd() throws -> Bool {
    try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { try read(into: $0) == 0 }
  }

  private func checkStatus() throws {
    var status: Int32 = Z_OK
    let text = gzerror(handle, &status)
    switch status {
    case Z_OK, Z_STREAM_END: return
    case Z_ERRNO: throw DatasetError(path, .unreadable(reason: String(cString: strerror(errno))))
    case Z_BUF_ERROR: throw DatasetError(path, .damagedGzip(reason: "it is cut short"))
    default:
      // zlib puts the path before its text.
      let reason = text.map { String(cString: $0) }?.split(separator: ": ").last
      throw DatasetError(path, .damagedGzip(reason: reason.map(String.init) ?? "code \(status)"))
    }
  }
}

extension DatasetError {
  /// The error for a file that could not be opened because of `errorNumber`.
  static func opening(_ path: String, errorNumber: Int32) -> DatasetError {
    errorNumber == ENOENT || errorNumber == ENOTDIR
      ? DatasetError(path, .missing)
      : DatasetError(path, .unreadable(reason: String(cString: strerror(errorNumber))))
  }
}
