import Glibc

/// A moment, to the millisecond: two runs may begin in one second, and the later one counts.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970 began in UTC.
  private let milliseconds: Int

  /// Whole seconds since 1970 began in UTC.
  package var seconds: Int {
    // Rounded down also before 1970, where clocks that nobody set may be.
    milliseconds >= 0 ? milliseconds / 1000 : (milliseconds + 1) / 1000 - 1
  }

  /// The moment `seconds` and `milliseconds` after 1970 began in UTC.
  package init(seconds: Int, milliseconds: Int = 0) {
    self.milliseconds = seconds * 1000 + milliseconds
  }

  /// The moment that `text` names in ISO 8601 and UTC (`2026-11-22T20:06:06.042Z`), or nil.
  package init?(iso8601 text: String) {
    let numbers = text.utf8.split { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      .compactMap { Int32(Substring($0)) }
    guard numbers.count == 7, numbers[0] <= 9999 else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (numbers[3], numbers[4], numbers[5])
    self.init(seconds: timegm(&parts), milliseconds: Int(numbers[6]))
    // No such moment (a 31st of June), or another notation, comes out as something else.
    guard iso8601 == text else { return nil }
  }

  /// This moment.
  package static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
  }

  /// ISO 8601 in UTC: `2026-11-22T20:06:06.042Z`.
  package var iso8601: String {
    let digits = String(milliseconds - 1000 * seconds + 1000).dropFirst()
    return text("%Y-%m-%dT%H:%M:%S", gmtime_r) + ".\(digits)Z"
  }

  /// Local time as in the names of run folders: `2026-11-22_21-06-06`.
  package var folderName: String { text("%Y-%m-%d_%H-%M-%S", localtime_r) }

  /// Local time for reading: `2026-11-22 21:06`.
  package var localText: String { text("%Y-%m-%d %H:%M", localtime_r) }

  /// Earlier moments come first.
  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  private typealias Conversion =
    (UnsafePointer<time_t>, UnsafeMutablePointer<tm>) -> UnsafeMutablePointer<tm>?

  private func text(_ format: String, _ conversion: Conversion) -> String {
    var (seconds, parts) = (seconds, tm())
    guard conversion(&seconds, &parts) != nil else { return "?" }  // a year past all integers
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("empty buffer") }
      start[strftime(start, buffer.count, format, &parts)] = 0
      return String(cString: start)
    }
  }
}
