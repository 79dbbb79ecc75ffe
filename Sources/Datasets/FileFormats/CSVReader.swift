import TextLayout

/// A table in comma-separated text (RFC 4180), gzipped or not, read record by record.
///
/// Fields may be in quotes, and then contain commas, line breaks and doubled quotes. Lines end with LF or CRLF; empty
/// ones are passed over, and a byte order mark is too.
final class CSVReader {
  /// The largest record, in bytes. Memory for a piece of the file is bounded by it.
  static let largestRecord = 1 << 24

  let path: String
  /// The line on which the current record begins, counted from 1.
  private(set) var line = 0
  /// Where the fields of the current record begin and end in `buffer`, without the quotes around them.
  private var fields: [Range<Int>] = []
  /// Whether the current record has any quotes.
  private var hasQuotes = false
  private let file: InputFile
  private var buffer: UnsafeMutableRawBufferPointer
  /// The bytes of the buffer that have been read and not yet been used.
  private var unused = 0..<0
  private var isAtEnd = false
  /// The start of the current record in the buffer, and the line on which the next one begins.
  private var (start, nextLine) = (0, 1)

  // Not as one tuple, which would be made when it is first used, and looked at each time for whether it is.
  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Opens the file `path`.
  init(path: String) throws {
    self.path = path
    file = try InputFile(path: path)
    buffer = .allocate(byteCount: 1 << 18, alignment: 16)
    try refill()
    if buffer[unused].starts(with: [0xEF, 0xBB, 0xBF]) {
      unused = 3..<unused.upperBound
    } else if [[0xFF, 0xFE], [0xFE, 0xFF]].contains(where: buffer[unused].starts) {
      throw DatasetError(path, .utf16Table)
    }
  }

  deinit { buffer.deallocate() }

  /// Number of fields of the current record.
  var count: Int { fields.count }

  /// The bytes of the field at `index` as they are in the file, without the quotes around them; valid until the next
  /// record is read.
  func bytes(of index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: buffer[fields[index]])
  }

  /// The text of the field at `index`, without spaces around it unless they are in quotes. Throws unless it is UTF-8:
  /// other names would melt together.
  func text(of index: Int) throws -> String {
    var field = bytes(of: index)[...]
    let isQuoted = isQuoted(index)
    if !isQuoted {
      while let first = field.first, first.isSpace { field = field.dropFirst() }
      while let last = field.last, last.isSpace { field = field.dropLast() }
    }
    guard let text = String(validating: field, as: UTF8.self) else { throw error(index, .notUTF8) }
    return isQuoted ? text.replacing("\"\"", with: "\"") : text
  }

  /// An error about the field at `index`.
  func error(_ index: Int, _ problem: DatasetError.Problem) -> DatasetError {
    error(at: isQuoted(index) ? fields[index].lowerBound - 1 : fields[index].lowerBound, problem)
  }

  /// An error about the current record.
  func error(_ problem: DatasetError.Problem) -> DatasetError {
    DatasetError("\(path):\(line)", problem)
  }

  /// Writes the fields at `indices`, which are to be whole numbers from 0 to 255 with spaces around them or none, to
  /// `numbers`. Returns the first index of a field that is none; nil if all are.
  func read(_ indices: [Int], as numbers: UnsafeMutablePointer<UInt8>) -> Int? {
    let (bytes, fields) = (UnsafeRawBufferPointer(buffer), fields)
    for (place, index) in indices.enumerated() {
      var (number, digits, isEnded) = (0, 0, false)
      for byte in bytes[fields[index]] {
        if byte.isSpace {
          isEnded = digits > 0
          continue
        }
        let digit = Int(byte) - 48
        guard 0...9 ~= digit, digits < 3, !isEnded else { return index }
        number = number * 10 + digit
        digits += 1
      }
      guard digits > 0, number <= 255 else { return index }
      numbers[place] = UInt8(number)
    }
    return nil
  }

  /// Goes to the next record; false if there is none.
  func next() throws -> Bool {
    while true {
      guard try scan() else { return false }
      // An empty line has one field with nothing in it.
      if fields.count > 1 || !fields[0].isEmpty || hasQuotes { return true }
    }
  }

  private func isQuoted(_ index: Int) -> Bool {
    let first = fields[index].lowerBound
    return hasQuotes && first > start && buffer[first - 1] == Self.quote
  }

  /// An error at a `place` of the buffer in the current record, with its line and its column in characters.
  private func error(at place: Int, _ problem: DatasetError.Problem) -> DatasetError {
    let before = String(decoding: buffer[start..<place], as: UTF8.self).unicodeScalars
      .split(separator: "\n", omittingEmptySubsequences: false)
    let column = (before.last?.count ?? 0) + 1
    return DatasetError("\(path):\(line + before.count - 1):\(column)", problem)
  }

  /// Finds the fields of the record that comes next; false at the end.
  private func scan() throws -> Bool {
    while true {
      if unused.isEmpty {
        guard !isAtEnd else { return false }
        try refill()
        continue
      }
      fields.removeAll(keepingCapacity: true)
      (hasQuotes, start, line) = (false, unused.lowerBound, nextLine)
      if let (end, lines) = try scanFields() {
        unused = end..<unused.upperBound
        nextLine += lines
        return true
      }
      try refill()
    }
  }

  /// Takes the record apart; nil if it does not end in the buffer. Returns its end and the number of line breaks in it.
  private func scanFields() throws -> (end: Int, lines: Int)? {
    let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<unused.upperBound])
    var (place, lines) = (start, 0)
    // A variable of its own: each access to a property of the object is checked, which takes longer than the rest.
    var fields = self.fields
    self.fields = []
    defer { self.fields = fields }
    while true {
      if place < bytes.count, bytes[place] == Self.quote {
        guard let end = endOfQuotes(from: place + 1, in: bytes, &lines) else {
          guard isAtEnd else { return nil }
          throw error(at: place, .openQuotes)
        }
        hasQuotes = true
        fields.append(place + 1..<end)
        place = end + 1
        let afterReturn = bytes[min(place + 1, bytes.count)...].first ?? Self.lineFeed
        if bytes[place...].first == Self.carriageReturn, afterReturn == Self.lineFeed { place += 1 }
        guard place == bytes.count || bytes[place] == Self.comma || bytes[place] == Self.lineFeed
        else { throw error(at: place, .textAfterQuotes) }
      } else {
        let first = place
        while place < bytes.count, bytes[place] != Self.comma, bytes[place] != Self.lineFeed {
          if bytes[place] == Self.quote { throw error(at: place, .quoteInField) }
          place += 1
        }
        let isLast = place == bytes.count || bytes[place] == Self.lineFeed
        let hasReturn = isLast && place > first && bytes[place - 1] == Self.carriageReturn
        fields.append(first..<(hasReturn ? place - 1 : place))
      }
      if place == bytes.count { return isAtEnd ? (place, lines) : nil }
      if bytes[place] == Self.lineFeed { return (place + 1, lines + 1) }
      place += 1
    }
  }

  /// The place of the quote that ends a field begun before `place`; nil if it is not in `bytes`. Line breaks are counted.
  private func endOfQuotes(
    from first: Int, in bytes: UnsafeRawBufferPointer, _ lines: inout Int
  ) -> Int? {
    var (place, breaks) = (first, 0)
    while place < bytes.count {
      if bytes[place] == Self.quote {
        // At the end of what has been read, another quote may follow.
        guard place + 1 < bytes.count || isAtEnd else { return nil }
        guard place + 1 < bytes.count, bytes[place + 1] == Self.quote else {
          lines += breaks
          return place
        }
        place += 1
      } else if bytes[place] == Self.lineFeed {
        breaks += 1
      }
      place += 1
    }
    return nil
  }

  /// Moves what is unused to the front of the buffer, which grows if it is full, and reads on.
  private func refill() throws {
    let count = unused.count
    if count > buffer.count / 2 {
      guard buffer.count < 2 * Self.largestRecord else {
        throw DatasetError("\(path):\(nextLine)", .hugeRecord)
      }
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 2 * buffer.count, alignment: 16)
      larger.copyBytes(from: buffer[unused])
      buffer.deallocate()
      buffer = larger
    } else {
      // The two may overlap, which `copyMemory` allows.
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[unused]))
    }
    let free = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
    let got = try file.read(into: free)
    unused = 0..<count + got
    isAtEnd = got < free.count
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension DatasetError.Problem {
  static let openQuotes = Self(
    "a field begins with a quote, and the file ends before the quote that closes it",
    hint: "close the quotes; a quote inside them is doubled")

  static let textAfterQuotes = Self(
    "text after the quote that closes a field",
    hint: "a field is in quotes as a whole; a quote inside them is doubled")

  static let quoteInField = Self(
    "a quote inside a field that does not begin with one",
    hint: "put the whole field into quotes and double the quote inside")

  static let notUTF8 = Self("is no UTF-8 text", hint: "save the table as UTF-8")

  static let utf16Table = Self("it is UTF-16", hint: "save it as UTF-8")

  static let hugeRecord = Self(
    "a line has more than \(CSVReader.largestRecord.bytesInWords)",
    hint: "write one image a line; a quote that is never closed takes the rest of the file")
}
