/// NumPy's archive of arrays, stored (`numpy.savez`) or deflated (`numpy.savez_compressed`), of which only the headers
/// have been read.
package struct NPZFile {
  let path: String
  /// The arrays in their order in the file.
  private(set) var arrays: [(name: String, header: NPYHeader)] = []

  /// Reads the headers of the arrays in the file `path`.
  ///
  /// Throws a `DatasetError` if one of them is damaged, or announces more than there is.
  package init(path: String) throws {
    self.path = path
    let archive = try Archive(path: path)
    while let entry = try archive.next() {
      guard let name = Self.arrayName(of: entry) else { continue }
      guard self[name] == nil else {
        throw DatasetError(path, .damagedArray(name, reason: "it is there twice"))
      }
      arrays.append((name, try readHeader(of: entry, in: archive)))
    }
  }

  /// The array called `name`; nil if there is none.
  subscript(name: String) -> NPYHeader? { arrays.first { $0.name == name }?.header }

  /// Reads the elements of the array `name` into `buffer`, which has room for all of them, as they are in the file.
  func read(_ name: String, into buffer: UnsafeMutableRawBufferPointer) throws {
    let archive = try Archive(path: path)
    while let entry = try archive.next() {
      guard Self.arrayName(of: entry) == name else { continue }
      _ = try readHeader(of: entry, in: archive)
      guard try archive.read(into: buffer) == buffer.count, try archive.isAtEnd() else {
        break
      }
      return
    }
    throw DatasetError(path, .damagedArray(name, reason: "it has changed while it was read"))
  }

  /// `x_train` of `x_train.npy`; nil for a file that is no array.
  private static func arrayName(of entry: Archive.Entry) -> String? {
    entry.name.hasSuffix(".npy") ? String(entry.name.dropLast(4)) : nil
  }

  /// Reads what stands before the elements of the array that `entry` is.
  private func readHeader(of entry: Archive.Entry, in archive: Archive) throws -> NPYHeader {
    let name = Self.arrayName(of: entry) ?? entry.name
    func damage(_ reason: String) -> DatasetError {
      DatasetError(path, .damagedArray(name, reason: reason))
    }
    func read(_ count: Int) throws -> [UInt8] {
      let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
        initializedCount = try archive.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      guard bytes.count == count else { throw damage("it is cut short") }
      return bytes
    }
    let start = try read(8)
    guard start.starts(with: [0x93] + Array("NUMPY".utf8)), (1...3).contains(start[6]) else {
      throw damage("it does not begin as an array of NumPy does")
    }
    let lengthSize = start[6] == 1 ? 2 : 4
    let length = try read(lengthSize).reversed().reduce(0) { $0 << 8 | Int($1) }
    // NumPy takes no more than 10,000 either.
    guard length <= 10_000, let header = NPYHeader(literal: try read(length)) else {
      throw damage("its header is not what NumPy writes")
    }
    let before = start.count + lengthSize + length
    if header.size > 0 {
      let announced = header.count?.multipliedReportingOverflow(by: header.size)
      guard let announced, !announced.overflow,
        announced.partialValue == entry.byteCount - before
      else {
        throw damage(
          "its header announces \(header.summary), but \(entry.byteCount - before) bytes follow")
      }
    }
    return header
  }
}

extension DatasetError.Problem {
  static func damagedArray(_ name: String, reason: String) -> Self {
    Self("array '\(name)' is damaged: \(reason)", hint: .copyAnew)
  }
}
