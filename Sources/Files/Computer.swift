import Glibc

/// This computer.
package enum Computer {
  /// Its name in the network; `unknown` if it has none.
  package static var hostName: String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress, gethostname(start, buffer.count - 1) == 0 else {
        return "unknown"
      }
      buffer[buffer.count - 1] = 0  // a name that was cut has no end
      return String(cString: start)
    }
  }

  /// A name of the running system that no other has, nor this one after a restart; nil if it has none.
  static let system = (try? Storage.readText("/proc/sys/kernel/random/boot_id", limit: 100))
    .flatMap { $0.split(whereSeparator: \.isWhitespace).first.map(String.init) }

  /// Nanoseconds since the system started, those in which it was suspended included.
  static var uptime: Int {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
