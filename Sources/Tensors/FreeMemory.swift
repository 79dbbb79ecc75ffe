import Glibc

/// The memory that the system still gives this process.
package enum FreeMemory {
  /// Bytes of memory of this machine.
  private static let physical = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))

  /// True if there is room for `byteCount` bytes.
  ///
  /// Asked before a large array is made, since one that finds no room ends the process.
  package static func hasRoom(for byteCount: Int) -> Bool {
    // Where memory is overcommitted, more is given than there is.
    guard byteCount <= physical, let bytes = malloc(byteCount) else { return false }
    free(bytes)
    return true
  }
}
