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
    guard byteCount <= physical else { return false }
    // Not `malloc`, which a compiler may leave out where nothing is done with the bytes.
    let bytes = mmap(
      nil, max(1, byteCount), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let bytes, bytes != MAP_FAILED else { return false }
    munmap(bytes, max(1, byteCount))
    return true
  }
}
