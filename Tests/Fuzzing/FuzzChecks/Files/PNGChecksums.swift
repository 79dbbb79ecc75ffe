internal import CZlib

/// A PNG file with the right checksum behind each chunk; nil if `bytes` are no PNG file or have them already.
func pngWithChecksums(_ bytes: [UInt8]) -> [UInt8]? {
  guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
  var (mended, start) = (bytes, 8)
  while start + 12 <= bytes.count {
    let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    let end = start + 8 + length
    guard end + 4 <= bytes.count else { break }
    let checksum = bytes[start + 4..<end].withUnsafeBufferPointer {
      crc32(0, $0.baseAddress, uInt($0.count))
    }
    for place in 0..<4 {
      mended[end + place] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * place))
    }
    start = end + 4
  }
  return mended == bytes ? nil : mended
}
