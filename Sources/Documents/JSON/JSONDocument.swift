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
    for index in tokens.indices where tokens[index].kind == .object { try checkKeys(of: index) }
  }

  private func checkKeys(of object: Int) throws(JSONError) {
    let end = tokens[object].end
    var (key, count, hasEscapes) = (object + 1, 0, false)
    while key < end {
      count += 1
      hasEscapes = hasEscapes || tokens[key].kind == .escapedString
      key = tokens[key + 1].end
    }
    // Comparing each with each takes no memory, which is faster for the usual few.
    guard count > Self.fewKeys || hasEscapes else {
      var first = object + 1
      while first < end {
        let text = bytes[tokens[first].range]
        var other = tokens[first + 1].end
        while other < end {
          let range = tokens[other].range
          if range.count == text.count, bytes[range] == text { throw doubledKey(other) }
          other = tokens[other + 1].end
        }
        first = tokens[first + 1].end
      }
      return
    }
    var known = Set<String>(minimumCapacity: count)
    key = object + 1
    while key < end {
      let text = JSONNode(document: self, index: key).text
      guard known.insert(text).inserted else { throw doubledKey(key) }
      key = tokens[key + 1].end
    }
  }

  private static let fewKeys = 32

  private func doubledKey(_ key: Int) -> JSONError {
    JSONNode(document: self, index: key + 1).error("is there twice")
  }

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
