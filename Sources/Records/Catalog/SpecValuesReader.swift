import Files
import Glibc
import Synchronization

/// Reads the values of many specs, most of which have most sections in common, and nearly all the same keys.
final class SpecValuesReader: Sendable {
  private let index: FileIndex?
  /// By their text; nil for those that cannot be read by themselves.
  private let sections = SharedValues<Section?>()
  /// By their keys with line breaks between.
  private let keys = SharedValues<Keys>()
  /// Of specs, by those of their sections; nil where a key would stand there twice.
  private let keysOfSpecs = Mutex<[[ObjectIdentifier]: [String]?]>([:])

  /// What stands under a key at the start of a line, and in the lines up to the next such key.
  private struct Section {
    let keys: Keys
    let values: [String]
  }

  /// The keys of a section, told from others by being one and the same.
  private final class Keys: Sendable {
    let all: [String]

    init(_ all: [String]) { self.all = all }
  }

  /// A reader that opens no file again that `index` knows.
  init(index: FileIndex?) { self.index = index }

  /// The values of the spec in the file at `path`.
  func values(path: String) throws -> SpecValues {
    try FileIndex.value(
      of: path, in: index, read: { (try values(path: path, $0), $0) },
      restore: { try values(path: path, $0) })
  }

  /// The values of the spec with these `bytes`: section by section, each read once.
  ///
  /// What is no sequence of sections that can be read by themselves, such as a text with an alias of something in
  /// another section, is read as a whole.
  private func values(path: String, _ bytes: [UInt8]) throws -> SpecValues {
    let sections = bytes.withUnsafeBytes { bytes in
      Self.sections(of: bytes).map { range in
        section(UnsafeRawBufferPointer(rebasing: bytes[range]), path: path)
      }
    }
    let known = sections.compactMap(\.self)
    guard !known.isEmpty, known.count == sections.count, let keys = keys(of: known) else {
      return try SpecValues(path: path, bytes)
    }
    return SpecValues(keys: keys, values: known.flatMap(\.values))
  }

  private func section(_ bytes: UnsafeRawBufferPointer, path: String) -> Section? {
    sections.value(of: bytes) {
      // Why it cannot be read is said when the whole is tried.
      guard let values = try? SpecValues(path: path, Array(bytes)) else { return nil }
      let keys = Array(values.keys.joined(separator: "\n").utf8).withUnsafeBytes { text in
        self.keys.value(of: text) { Keys(values.keys) }
      }
      return Section(keys: keys, values: values.values)
    }
  }

  /// The keys of a spec with these `sections`; nil if one would stand there twice.
  private func keys(of sections: [Section]) -> [String]? {
    let identity = sections.map { ObjectIdentifier($0.keys) }
    return keysOfSpecs.withLock { known in
      if let keys = known[identity] { return keys }
      let all = sections.flatMap(\.keys.all)
      let keys = Set(all).count == all.count ? all : nil
      known[identity] = .some(keys)
      return keys
    }
  }

  /// The parts of a YAML text that begin with a key at the start of a line; none if the text begins with anything
  /// but such a key and comments.
  private static func sections(of bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
    var (sections, start, line) = ([Range<Int>](), Int?.none, 0)
    while line < bytes.count {
      switch bytes[line] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        if let start { sections.append(start..<line) }
        start = line
      case UInt8(ascii: "#"), UInt8(ascii: "\n"): break
      default: if start == nil { return [] }
      }
      line = bytes[line...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    }
    return start.map { sections + [$0..<bytes.count] } ?? []
  }
}
