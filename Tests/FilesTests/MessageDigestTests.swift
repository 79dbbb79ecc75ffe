import Files
import TemporaryFolders
import Testing

@Suite struct MessageDigestTests {
  @Test func `SHA-256 agrees with the examples of FIPS 180-4`() {
    #expect(
      SHA256.hexDigest(of: Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hexDigest(of: [])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `MD5 agrees with the examples of RFC 1321`() throws {
    for (text, digest) in [
      ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ] {
      let checksum = try #require(MD5())
      Array(text.utf8).withUnsafeBytes { checksum.update($0) }
      #expect(checksum.finalize() == digest)
    }
  }

  @Test func `a file in a folder has the checksum of its bytes, up to a limit`() throws {
    let folder = try TemporaryFolder()
    let files = try Folder(folder.path)
    try files.write("abc", to: "a.txt")
    let checksum = try files.sha256(of: "a.txt", limit: 3)
    #expect(checksum == SHA256.hexDigest(of: Array("abc".utf8)))
    let error = #expect(throws: StorageError.self) { try files.sha256(of: "a.txt", limit: 2) }
    #expect(error?.reason == "it has more than 2 bytes")
  }
}
