import Glibc

/// The memory that the system still gives this process.
package enum FreeMemory {
  /// True if there is room for `byteCount` bytes.
  ///
  /// Asked before a large array is made, since one that finds no room ends the process.
  package static func hasRoom(for byteCount: Int) -> Bool {
    guard let bytes = malloc(byteCount) else { return false }
    free(bytes)
    return true
  }
}
