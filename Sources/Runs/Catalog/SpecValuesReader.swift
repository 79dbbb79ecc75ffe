import Synchronization

/// Reads the values of many specs, most of which have the same keys.
final class SpecValuesReader: Sendable {
  private let index: FileIndex?
  /// By the bytes of their extracts.
  private let keys = Mutex<[ArraySlice<UInt8>: [String]]>([:])

  private static let lineBreak = UInt8(ascii: "\n")

  /// A reader that reads no file again that `index` knows.
  init(index: FileIndex?) { self.index = index }

  /// The values of the spec in the file at `path`.
  func values(path: String) throws -> SpecValues {
    try FileIndex.value(
      of: path, in: index,
      read: { bytes in
        let extract = Self.extract(of: try SpecValues(path: path, bytes))
        return (values(in: extract), extract)
      }, restore: values(in:))
  }

  /// The keys and then the values, a line each, with a NUL between.
  private static func extract(of values: SpecValues) -> [UInt8] {
    Array(values.keys.joined(separator: "\n").utf8) + [0]
      + Array(values.values.joined(separator: "\n").utf8)
  }

  private func values(in extract: [UInt8]) -> SpecValues {
    guard let end = extract.firstIndex(of: 0), end > 0 else { return SpecValues([]) }
    let keys = keys.withLock { known in
      if let keys = known[extract[..<end]] { return keys }
      let keys = Self.lines(of: extract[..<end])
      known[extract[..<end]] = keys
      return keys
    }
    return SpecValues(keys: keys, values: Self.lines(of: extract[(end + 1)...]))
  }

  private static func lines(of bytes: ArraySlice<UInt8>) -> [String] {
    bytes.split(separator: lineBreak, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
