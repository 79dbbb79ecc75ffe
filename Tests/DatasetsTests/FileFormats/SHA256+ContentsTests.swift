import Datasets
import Files
import Testing

@Suite struct SHA256ContentsTests {
  @Test func `a file's checksum is that of its decompressed contents`() throws {
    let folder = try TestFolder()
    let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
    for gzipped in [false, true] {
      let path = try folder.write(bytes, to: "file", gzipped: gzipped)
      #expect(
        try SHA256.hexDigest(ofContentsOf: path, limit: bytes.count) == SHA256.hexDigest(of: bytes))
      #expect(
        try datasetError { try SHA256.hexDigest(ofContentsOf: path, limit: bytes.count - 1) }
          == DatasetError(path, .trailingBytes(expectedBytes: bytes.count - 1)))
    }
  }
}
