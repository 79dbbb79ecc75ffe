import Synchronization

/// Reads the values of many specs, most of which have most sections in common, and nearly all the same keys.
final class SpecValuesReader: Sendable {
  private let index: FileIndex?
  /// By the text of a section.
  private let sections = Mutex<[Substring: SpecValues]>([:])
  private let keys = SharedValues<[String]>()

  /// A reader that reads no file again that `index` knows.
  init(index: FileIndex?) { self.index = index }

  /// The values of the spec in the file at `path`.
  func values(path: String) throws -> SpecValues {
    try FileIndex.value(
      of: path, in: index,
      read: { bytes in
        let extract = Self.extract(of: try values(path: path, bytes))
        return (values(in: extract), extract)
      }, restore: values(in:))
  }

  /// The values of the spec with these `bytes`: section by section, each read once.
  ///
  /// What is no sequence of sections that can be read by themselves, such as a text with an alias of something in
  /// another section, is read as a whole.
  private func values(path: String, _ bytes: [UInt8]) throws -> SpecValues {
    guard let sections = String(validating: bytes, as: UTF8.self)?.sections else {
      return try SpecValues(path: path, bytes)
    }
    var (keys, values) = ([String](), [String]())
    for section in sections {
      guard let part = self.values(path: path, section: section) else {
        return try SpecValues(path: path, bytes)
      }
      keys += part.keys
      values += part.values
    }
    guard Set(keys).count == keys.count else { return try SpecValues(path: path, bytes) }
    return SpecValues(keys: keys, values: values)
  }

  private func values(path: String, section: Substring) -> SpecValues? {
    if let values = sections.withLock({ $0[section] }) { return values }
    // Why it cannot be read is said when the whole is tried.
    guard let values = try? SpecValues(path: path, Array(section.utf8)) else { return nil }
    sections.withLock { $0[section] = values }
    return values
  }

  private static let lineBreak = UInt8(ascii: "\n")

  /// The keys and then the values, a line each, with a NUL between.
  private static func extract(of values: SpecValues) -> [UInt8] {
    Array(values.keys.joined(separator: "\n").utf8) + [0]
      + Array(values.values.joined(separator: "\n").utf8)
  }

  private func values(in extract: [UInt8]) -> SpecValues {
    extract.withUnsafeBytes { extract in
      guard let end = extract.firstIndex(of: 0), end > 0 else { return SpecValues([]) }
      let bytes = UnsafeRawBufferPointer(rebasing: extract[..<end])
      let keys = keys.value(of: bytes) {
        Self.lines(of: bytes, count: 1 + bytes.count { $0 == Self.lineBreak })
      }
      let rest = UnsafeRawBufferPointer(rebasing: extract[(end + 1)...])
      return SpecValues(keys: keys, values: Self.lines(of: rest, count: keys.count))
    }
  }

  private static func lines(of bytes: UnsafeRawBufferPointer, count: Int) -> [String] {
    var (lines, start) = ([String](), 0)
    lines.reserveCapacity(count)
    for end in bytes.indices where bytes[end] == lineBreak {
      lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = end + 1
    }
    lines.append(String(decoding: bytes[start...], as: UTF8.self))
    return lines
  }
}

extension String {
  /// The parts of this YAML text that begin with a key at the start of a line; nil if it begins with anything
  /// but such a key and comments.
  fileprivate var sections: [Substring]? {
    var sections: [Substring] = []
    var (start, line) = (Index?.none, startIndex)
    while line < endIndex {
      let next =
        utf8[line...].firstIndex(of: UInt8(ascii: "\n")).map(utf8.index(after:)) ?? endIndex
      switch utf8[line] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        if let start { sections.append(self[start..<line]) }
        start = line
      case UInt8(ascii: "#"), UInt8(ascii: "\n"): break
      default: if start == nil { return nil }
      }
      line = next
    }
    guard let start else { return nil }
    return sections + [self[start...]]
  }
}
