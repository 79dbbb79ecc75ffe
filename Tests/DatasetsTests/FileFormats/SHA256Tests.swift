import Datasets
import Testing

struct SHA256Tests {
  @Test func `agrees with the examples of FIPS 180-4`() {
    #expect(
      SHA256.hexDigest(of: Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hexDigest(of: [])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `a file's checksum is that of its decompressed contents`() throws {
    let folder = try TestFolder()
    let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
    for gzipped in [false, true] {
      let path = try folder.write(bytes, to: "file", gzipped: gzipped)
      #expect(try SHA256.hexDigest(ofFile: path) == SHA256.hexDigest(of: bytes))
    }
  }
}
