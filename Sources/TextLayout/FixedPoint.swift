import Glibc

extension Double {
  /// This number with `digits` decimals, rounded as C's `printf` does it: `0.9925`.
  package func fixed(_ digits: Int) -> String {
    withVaList([Int32(digits), self]) { arguments in
      // The largest finite number has 309 digits before the point.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 320 + digits) { buffer in
        guard let start = buffer.baseAddress else { preconditionFailure("empty buffer") }
        vsnprintf(start, buffer.count, "%.*f", arguments)
        return String(cString: start)
      }
    }
  }
}
