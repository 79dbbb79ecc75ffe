/// The text of one YAML file, under the path by which the user named it.
package final class SourceFile: Sendable {
  /// As the user wrote it.
  package let path: String

  /// The whole text, without a byte order mark.
  package let text: String

  /// The start and end of each line in `text`, without its line break.
  private let lines: [Range<Int>]

  /// A file of this text; a byte order mark is dropped.
  package init(path: String, text: String) {
    self.path = path
    let scalars = text.unicodeScalars
    var text = scalars.first == "\u{FEFF}" ? String(scalars.dropFirst()) : text
    lines = text.withUTF8(Self.lines(of:))
    self.text = text
  }

  /// The line with this number, the first being 1; nil behind the last.
  package func line(_ number: Int) -> Substring? {
    guard lines.indices.contains(number - 1) else { return nil }
    let range = lines[number - 1]
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return text[start..<utf8.index(start, offsetBy: range.count)]
  }

  /// The place of the character at a byte offset.
  package func location(atByte offset: Int) -> Location {
    let line = max(0, (lines.firstIndex { $0.lowerBound > offset } ?? lines.count) - 1)
    let before = text.utf8.dropFirst(lines[line].lowerBound).prefix(offset - lines[line].lowerBound)
    let column = before.count { $0 & 0xC0 != 0x80 }
    return Location(file: self, line: line + 1, column: column + 1)
  }

  // The breaks of YAML 1.1, which libyaml counts: LF, CR, CRLF, NEL (C2 85), LS and PS (E2 80 A8/A9).
  private static func lines(of bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    var next = 0
    func holds(_ pattern: UInt8..., at index: Int) -> Bool {
      index + pattern.count <= bytes.count
        && pattern.indices.allSatisfy { bytes[index + $0] == pattern[$0] }
    }
    while next < bytes.count {
      let length =
        switch bytes[next] {
        case 0x0A: 1
        case 0x0D: holds(0x0D, 0x0A, at: next) ? 2 : 1
        case 0xC2: holds(0xC2, 0x85, at: next) ? 2 : 0
        case 0xE2: holds(0xE2, 0x80, 0xA8, at: next) || holds(0xE2, 0x80, 0xA9, at: next) ? 3 : 0
        default: 0
        }
      if length > 0 {
        lines.append(start..<next)
        start = next + length
      }
      next += max(1, length)
    }
    return lines + [start..<bytes.count]
  }
}
