import Glibc

/// The bytes of many images in memory: allocated, or a part of a file that is mapped read-only and shared with other
/// processes.
package final class PixelStorage: Sendable {
  /// All bytes; valid as long as the storage is.
  nonisolated(unsafe) package let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Memory for `byteCount` bytes, all of which `fill` writes.
  package convenience init(
    byteCount: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void
  ) rethrows {
    try self.init(atMost: byteCount) { memory in
      try fill(memory)
      return byteCount
    }
  }

  /// The first bytes of memory for `capacity` bytes: as many as `fill` returns, which writes them.
  package init(
    atMost capacity: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Int
  ) rethrows {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
    do {
      bytes = UnsafeRawBufferPointer(rebasing: memory[..<(try fill(memory))])
    } catch {
      memory.deallocate()
      throw error
    }
    isMapped = false
  }

  /// A copy of `bytes`.
  package convenience init(_ bytes: [UInt8]) {
    self.init(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
  }

  /// Maps `byteCount` bytes, at least one, of the file open as `descriptor`, from `offset`, which is a multiple of 65,536.
  ///
  /// Returns nil if the system refuses, with `errno`. The file must be as long as that, and stay so.
  package init?(mapping descriptor: Int32, offset: Int, byteCount: Int) {
    precondition(byteCount > 0 && offset % 65_536 == 0)
    guard let start = mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor, off_t(offset)),
      start != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: start, count: byteCount)
    isMapped = true
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }
}

extension PixelStorage: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { bytes.count }

  package subscript(place: Int) -> UInt8 { bytes[place] }
}
