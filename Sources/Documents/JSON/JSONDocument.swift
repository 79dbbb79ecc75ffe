/// A JSON text that was checked as a whole. Its values are converted when they are requested, which saves most of the
/// work if only a part is needed. The document records which part was read.
package final class JSONDocument {
  package let bytes: [UInt8]
  /// Every value, each followed by the values in it; in an object, keys and values alternate.
  package let tokens: [JSONToken]
  /// The part of each value that was read.
  private var readings: [Reading]

  private enum Reading: UInt8 {
    case nothing, parts, all
  }

  /// Checks `bytes`, which have to be one JSON value (RFC 8259). No object in it may have a key twice, of which some
  /// readers take the first, and some the last.
  package init(_ bytes: [UInt8]) throws(JSONError) {
    self.bytes = bytes
    tokens = try JSONScanner.tokens(of: bytes)
    readings = Array(repeating: .nothing, count: tokens.count)
    let suspects = Self.objectsThatMayDoubleKeys(tokens, bytes)
    for object in suspects { try checkKeys(of: object) }
  }

  /// The objects that have two keys of the same bytes, or escapes in a key, or so many keys that they are better looked
  /// at otherwise.
  ///
  /// Comparing each key with each takes no memory and no counting of references, which is fastest for the usual few.
  private static func objectsThatMayDoubleKeys(_ tokens: [JSONToken], _ bytes: [UInt8]) -> [Int] {
    tokens.withUnsafeBufferPointer { tokens in
      bytes.withUnsafeBytes { bytes in
        tokens.indices.filter { object in
          guard tokens[object].kind == .object else { return false }
          let end = tokens[object].end
          var (first, count) = (object + 1, 0)
          while first < end {
            count += 1
            if count > fewKeys || tokens[first].kind == .escapedString { return true }
            let range = tokens[first].range
            var other = tokens[first + 1].end
            while other < end {
              let second = tokens[other].range
              if second.count == range.count,
                bytes[second].elementsEqual(bytes[range])
              {
                return true
              }
              other = tokens[other + 1].end
            }
            first = tokens[first + 1].end
          }
          return false
        }
      }
    }
  }

  private func checkKeys(of object: Int) throws(JSONError) {
    var (key, known) = (object + 1, Set<String>())
    while key < tokens[object].end {
      let text = JSONNode(document: self, index: key).text
      guard known.insert(text).inserted else {
        throw JSONNode(document: self, index: key + 1).error("is there twice")
      }
      key = tokens[key + 1].end
    }
  }

  private static let fewKeys = 32

  /// The whole document's value.
  package var root: JSONNode { JSONNode(document: self, index: 0) }

  /// Marks the value at `index` as read; the values in it are marked separately.
  package func markRead(_ index: Int) { readings[index] = .parts }

  /// The text of the value at `index`, which is marked as read with everything in it.
  package func text(at index: Int) -> ArraySlice<UInt8> {
    readings[index] = .all
    return bytes[tokens[index].range]
  }

  /// JSON with only the values that were read: the same requests give the same results.
  package var readPart: [UInt8] {
    var part: [UInt8] = []
    part.reserveCapacity(bytes.count / 2)
    copy(0, to: &part)
    return part
  }

  private func copy(_ index: Int, to part: inout [UInt8]) {
    let token = tokens[index]
    switch token.kind {
    case .object where readings[index] != .all:
      part.append(UInt8(ascii: "{"))
      var key = index + 1
      var isFirst = true
      while key < token.end {
        if readings[key + 1] != .nothing {
          if !isFirst { part.append(UInt8(ascii: ",")) }
          isFirst = false
          part += bytes[tokens[key].range]
          part.append(UInt8(ascii: ":"))
          copy(key + 1, to: &part)
        }
        key = tokens[key + 1].end
      }
      part.append(UInt8(ascii: "}"))
    case .array where token.hasCollections && readings[index] != .all:
      part.append(UInt8(ascii: "["))
      var item = index + 1
      while item < token.end {
        if item > index + 1 { part.append(UInt8(ascii: ",")) }
        copy(item, to: &part)
        item = tokens[item].end
      }
      part.append(UInt8(ascii: "]"))
    default: part += bytes[token.range]
    }
  }

  /// The number at `index`; nil if it has a fraction. A number beyond `largestInteger` becomes some other number beyond
  /// it.
  package func integer(at index: Int) -> Int? {
    let range = tokens[index].range
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    var value = 0
    for place in (isNegative ? range.dropFirst() : range) {
      let digit = Int(bytes[place]) - Int(UInt8(ascii: "0"))
      guard (0...9).contains(digit) else { return nil }
      if value <= JSONNode.largestInteger { value = 10 * value + digit }
    }
    return isNegative ? -value : value
  }

  /// The keys that lead to the value at `index`: `data.checksums.0.file`.
  package func path(to index: Int) -> String {
    var (path, current) = ([String](), 0)
    while current != index {
      let isObject = tokens[current].kind == .object
      var (child, number) = (current + 1, 0)
      // A key stands right before its value, so the end of a value is the index of the next key.
      while tokens[isObject ? child + 1 : child].end <= index {
        child = tokens[isObject ? child + 1 : child].end
        number += 1
      }
      // Keys of somebody else's may be of any length.
      path.append(
        isObject ? String(JSONNode(document: self, index: child).text.prefix(100)) : String(number))
      current = isObject ? child + 1 : child
    }
    return path.joined(separator: ".")
  }
}

/// The place of a value in a JSON text.
package struct JSONToken {
  package enum Kind: UInt8 {
    case null, boolean, number, string, escapedString, array, object
  }

  package let kind: Kind
  /// True if a list contains lists or objects.
  package var hasCollections = false
  fileprivate let from: UInt32
  fileprivate var to: UInt32 = 0
  fileprivate var next: UInt32 = 0

  package init(_ kind: Kind, from: Int) {
    self.kind = kind
    self.from = UInt32(from)
  }

  /// Closes the value, before `to` in the text and before `next` among the tokens.
  package mutating func close(to: Int, next: Int) {
    self.to = UInt32(to)
    self.next = UInt32(next)
  }

  /// Its bytes, quotes and brackets included.
  package var range: Range<Int> { Int(from)..<Int(to) }
  /// The first token after it and what is in it.
  package var end: Int { Int(next) }
}

/// The reason why a JSON text is not what it should be, in a few words: `'seed' is missing`.
package struct JSONError: Error, CustomStringConvertible {
  package let reason: String

  package var description: String { reason }

  package init(reason: String) { self.reason = reason }

  package static let incomplete = JSONError(reason: "it is not complete JSON")
}
