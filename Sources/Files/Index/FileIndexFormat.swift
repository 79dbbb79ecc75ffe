/// The format of an index: a head, then the stamp and length of each extract, then the extracts.
///
/// The head has the stamp of the program that wrote it, since another may make other extracts of the same files,
/// and a checksum of all that follows.
package enum FileIndexFormat {
  private static let word = MemoryLayout<UInt64>.size
  private static let rowSize = FileStamp.byteCount + word
  private static let headSize = FileStamp.byteCount + 2 * word

  /// The ranges of the extracts in `bytes`; nil if this program did not write the index.
  package static func extracts(in bytes: [UInt8]) -> [FileStamp: Range<Int>]? {
    bytes.withUnsafeBytes { bytes in
      guard bytes.count >= headSize, let program = FileStamp.program,
        bytes.loadUnaligned(as: FileStamp.self) == program,
        case let checksumPlace = FileStamp.byteCount, case let countPlace = checksumPlace + word,
        bytes.loadUnaligned(fromByteOffset: checksumPlace, as: UInt64.self)
          == checksum(UnsafeRawBufferPointer(rebasing: bytes[countPlace...]))
      else { return nil }
      let count = bytes.loadUnaligned(fromByteOffset: countPlace, as: UInt64.self)
      guard count <= UInt64((bytes.count - headSize) / rowSize) else { return nil }

      var extracts = [FileStamp: Range<Int>](minimumCapacity: Int(count))
      var start = headSize + Int(count) * rowSize
      for row in 0..<Int(count) {
        let place = headSize + row * rowSize
        let stamp = bytes.loadUnaligned(fromByteOffset: place, as: FileStamp.self)
        let length = bytes.loadUnaligned(
          fromByteOffset: place + FileStamp.byteCount, as: UInt64.self)
        guard length <= UInt64(bytes.count - start) else { return nil }
        extracts[stamp] = start..<(start + Int(length))
        start += Int(length)
      }
      return start == bytes.count ? extracts : nil
    }
  }

  /// The index with `extracts`; nil if this program has no stamp to identify it.
  package static func bytes(of extracts: [(stamp: FileStamp, extract: ArraySlice<UInt8>)])
    -> [UInt8]?
  {
    guard let program = FileStamp.program else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      extracts.reduce(headSize) { $0 + rowSize + $1.extract.count })
    append(program, to: &bytes)
    append(UInt64(0), to: &bytes)
    append(UInt64(extracts.count), to: &bytes)
    for (stamp, extract) in extracts {
      append(stamp, to: &bytes)
      append(UInt64(extract.count), to: &bytes)
    }
    for (_, extract) in extracts { bytes += extract }
    bytes.withUnsafeMutableBytes { bytes in
      let place = FileStamp.byteCount
      let sum = checksum(UnsafeRawBufferPointer(rebasing: bytes[(place + word)...]))
      bytes.storeBytes(of: sum, toByteOffset: place, as: UInt64.self)
    }
    return bytes
  }

  private static func append<Value: BitwiseCopyable>(_ value: Value, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value) { bytes += $0 }
  }

  /// FNV-1a (Fowler, Noll, Vo) over words instead of bytes, with their high bits mixed in.
  package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ word: UInt64) {
      sum = (sum ^ word) &* 0x100_0000_01B3
      sum ^= sum >> 32
    }
    let wordsEnd = bytes.count - bytes.count % word
    for place in stride(from: 0, to: wordsEnd, by: word) {
      add(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    for byte in bytes[wordsEnd...] { add(UInt64(byte)) }
    return sum
  }
}
