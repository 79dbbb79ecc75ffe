import Glibc
import Synchronization

/// Values made from bytes, shared by equal bytes: most runs have the same images, and most specs the same keys.
///
/// Besides making them only once, this makes comparisons fast, since equal arrays that share their storage are compared
/// at once.
package final class SharedValues<Value: Sendable>: Sendable {
  package init() {}

  private let known = Mutex<[UInt64: (bytes: [UInt8], value: Value)]>([:])

  /// The value of `bytes`, made by `make` if it is not known yet.
  package func value(of bytes: UnsafeRawBufferPointer, make: () throws -> Value) rethrows -> Value {
    let sum = FileIndexFormat.checksum(bytes)
    if let known = known.withLock({ $0[sum] }), known.bytes.equals(bytes) { return known.value }
    let value = try make()
    known.withLock { $0[sum] = (Array(bytes), value) }
    return value
  }
}

extension [UInt8] {
  /// True if these are the bytes in `other`.
  fileprivate func equals(_ other: UnsafeRawBufferPointer) -> Bool {
    withUnsafeBytes { bytes in
      guard bytes.count == other.count, let first = bytes.baseAddress,
        let second = other.baseAddress
      else { return bytes.count == other.count }
      return memcmp(first, second, bytes.count) == 0
    }
  }
}
