import Glibc

/// A moment, to the second.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Seconds since 1970 began in UTC.
  public let seconds: Int

  /// The moment `seconds` after 1970 began in UTC.
  public init(seconds: Int) { self.seconds = seconds }

  /// The moment that `text` names in ISO 8601 and UTC (`2026-11-22T20:06:06Z`), or nil.
  public init?(iso8601 text: String) {
    let numbers = text.split { !$0.isWholeNumber }.compactMap { Int32($0) }
    guard numbers.count == 6 else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (numbers[3], numbers[4], numbers[5])
    seconds = timegm(&parts)
    // No such moment (a 31st of June), or another notation, comes out as something else.
    guard iso8601 == text else { return nil }
  }

  /// This moment.
  public static var now: Timestamp { Timestamp(seconds: time(nil)) }

  /// ISO 8601 in UTC: `2026-11-22T20:06:06Z`.
  public var iso8601: String { text(Self.iso8601Format, gmtime_r) }

  /// Local time as in the names of run folders: `2026-11-22_21-06-06`.
  public var folderName: String { text("%Y-%m-%d_%H-%M-%S", localtime_r) }

  /// Local time for reading: `2026-11-22 21:06`.
  public var localText: String { text("%Y-%m-%d %H:%M", localtime_r) }

  /// Earlier moments come first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

  private static let iso8601Format = "%Y-%m-%dT%H:%M:%SZ"

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

extension Timestamp: Codable {
  /// Reads ISO 8601 in UTC.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let moment = Timestamp(iso8601: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a time such as 2026-11-22T20:06:06Z")
    }
    self = moment
  }

  /// Writes ISO 8601 in UTC.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(iso8601)
  }
}
