import Datasets
import Files
import Foundation
import Tensors
import Testing

struct IDXFileTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test(arguments: [false, true])
  func `reads images, gzipped or not`(gzipped: Bool) throws {
    let bytes = idx([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255])
    let path = try folder.write(bytes, to: "images", gzipped: gzipped)
    let file = try IDXFile(path: path, content: .images)
    #expect(file.count == 2)
    #expect(file.imageShape == ImageShape(height: 2, width: 3, channels: 1))
    #expect(
      try file.contents(sha256: SHA256.hexDigest(of: bytes))
        == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255])
  }

  @Test func `a wrong checksum names file, expected and found`() throws {
    let bytes = idx([2], [0, 1])
    let path = try folder.write(bytes, to: "labels")
    let error = try datasetError {
      try IDXFile(path: path, content: .labels).contents(sha256: "0f")
    }
    #expect(
      error.description == """
        \(path): error: wrong contents: the SHA-256 of its decompressed bytes is \
        \(SHA256.hexDigest(of: bytes)), expected 0f
        hint: delete the file to have it downloaded anew, or copy it again
        """)
  }

  @Test func `a fourth dimension counts the channels`() throws {
    let path = try folder.write(idx([1, 1, 2, 3], [1, 2, 3, 4, 5, 6]), to: "images")
    let file = try IDXFile(path: path, content: .images)
    #expect(file.imageShape == ImageShape(height: 1, width: 2, channels: 3))
  }

  @Test func `reads a gzip stream of several members`() throws {
    let bytes = idx([4], [3, 1, 4, 1])
    try folder.write(Array(bytes[..<5]), to: "a", gzipped: true)
    try folder.write(Array(bytes[5...]), to: "b", gzipped: true)
    let path = try folder.write(folder.bytes(of: "a") + folder.bytes(of: "b"), to: "labels.gz")
    #expect(try IDXFile(path: path, content: .labels).contents() == [3, 1, 4, 1])
  }

  @Test(arguments: [false, true])
  func `files larger than a piece are read piece by piece`(gzipped: Bool) throws {
    let values = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
    let path = try folder.write(idx([600, 1000, 1], values), to: "images", gzipped: gzipped)
    #expect(try IDXFile(path: path, content: .images).contents() == values)
    var (read, most) = ([UInt8](), 0)
    try IDXFile(path: path, content: .images).forEachPiece { piece in
      read += piece
      most = max(most, piece.count)
    }
    #expect(read == values)
    #expect(most < 600_000)
  }

  @Test(arguments: [false, true])
  func `a file cut short says how much is missing`(gzipped: Bool) throws {
    // Long enough that the compressed file could hold what the header announces.
    let bytes = idx([2, 10, 10], [UInt8](repeating: 7, count: 190))
    let path = try folder.write(bytes, to: "images", gzipped: gzipped)
    let error = try datasetError { try IDXFile(path: path, content: .images).contents() }
    #expect(error == DatasetError(path, .truncated(foundBytes: 206, expectedBytes: 216)))
    #expect(
      error.description == """
        \(path): error: cut short: it holds 206 bytes, its header announces 216
        hint: copy or download the file anew
        """)
  }

  @Test(arguments: [0, 1, 3, 4, 15])
  func `a file that ends in its header is cut short`(count: Int) throws {
    let path = try folder.write(Array(idx([1, 1, 1], [9])[..<count]), to: "images")
    let error = try datasetError { try IDXFile(path: path, content: .images).contents() }
    #expect(
      error.problem == .truncated(foundBytes: count, expectedBytes: count < 4 ? 4 : 16))
  }

  @Test func `a header cannot ask for more memory than the file could fill`() throws {
    let dimensions = [0xffff_ffff, 0xffff, 0xffff]
    let compressed = try folder.write(idx(dimensions, [1, 2]), to: "a.gz", gzipped: true)
    var error = try datasetError { try IDXFile(path: compressed, content: .images).contents() }
    #expect(error.problem == .oversized(dimensions: dimensions))
    let overflowing = [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff]
    let plain = try folder.write(idx(overflowing, [1, 2]), to: "b")
    error = try datasetError { try IDXFile(path: plain, content: .images).contents() }
    #expect(error.problem == .oversized(dimensions: overflowing))
    #expect(
      error.message == """
        its header announces 4294967295 × 4294967295 × 4294967295 × 4294967295 bytes, \
        more than a file of this size can hold
        """)
  }

  @Test func `a wrong magic number is named, with what was expected`() throws {
    let path = try folder.write([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4], to: "images")
    let error = try datasetError { try IDXFile(path: path, content: .images).contents() }
    #expect(
      error.description == """
        \(path): error: not an IDX file of images: it starts with 0x89504e47, \
        expected 0x00000803 or 0x00000804
        hint: only IDX files of unsigned bytes are read, plain or gzipped
        """)
  }

  @Test func `images in place of labels are recognized`() throws {
    let path = try folder.write(idx([1, 1, 1], [1]), to: "labels")
    let error = try datasetError { try IDXFile(path: path, content: .labels).contents() }
    #expect(
      error.description == """
        \(path): error: not an IDX file of labels: it starts with 0x00000803, expected 0x00000801
        hint: these are images: are the image and label files swapped?
        """)
  }

  @Test(arguments: [false, true])
  func `bytes after the announced ones are an error`(gzipped: Bool) throws {
    let path = try folder.write(idx([2], [0, 1, 2]), to: "labels", gzipped: gzipped)
    let error = try datasetError { try IDXFile(path: path, content: .labels).contents() }
    #expect(error == DatasetError(path, .trailingBytes(expectedBytes: 10)))
    #expect(error.message == "goes on after the 10 bytes that it should have")
  }

  @Test func `a gzip stream cut short anywhere is an error`() throws {
    let values = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 >> 3) }
    try folder.write(idx([3000], values), to: "whole.gz", gzipped: true)
    let whole = try folder.bytes(of: "whole.gz")
    for count in [4, 12, 30, whole.count / 2, whole.count - 8, whole.count - 1] {
      let path = try folder.write(Array(whole[..<count]), to: "labels.gz")
      let error = try datasetError { try IDXFile(path: path, content: .labels).contents() }
      if count > 30 {
        #expect(error == DatasetError(path, .damagedGzip(reason: "it is cut short")), "\(count)")
      }
    }
  }

  @Test func `a damaged gzip stream is an error`() throws {
    try folder.write(idx([500], (0..<500).map { UInt8($0 & 0xff) }), to: "a.gz", gzipped: true)
    var bytes = try folder.bytes(of: "a.gz")
    bytes[bytes.count - 6] ^= 1  // in the checksum of the contents
    let path = try folder.write(bytes, to: "labels.gz")
    let error = try datasetError { try IDXFile(path: path, content: .labels).contents() }
    #expect(error.message == "damaged gzip stream: incorrect data check")
  }

  @Test func `a file without images is an error`() throws {
    let path = try folder.write(idx([0, 28, 28], []), to: "images")
    let error = try datasetError { try IDXFile(path: path, content: .images).contents() }
    #expect(error == DatasetError(path, .empty))
  }

  @Test func `a missing file and a folder in its place are named`() throws {
    let missing = "\(folder.path)/nothing"
    #expect(
      try datasetError { try IDXFile(path: missing, content: .images).contents() }
        == DatasetError(missing, .missing))
    #expect(
      try datasetError { try IDXFile(path: folder.path, content: .images).contents() }.message
        == "cannot be read: not a regular file")
  }

  @Test func `pipes and devices are refused, not waited for`() throws {
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, "/dev/zero"] {
      let error = try datasetError { try IDXFile(path: path, content: .images) }
      #expect(error.message == "cannot be read: not a regular file")
    }
  }

  @Test func `a sparse file of any size is an error or what its header says`() throws {
    // The largest size there is, behind the first bytes of a gzip file.
    let path = try folder.write([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], to: "sparse.gz")
    guard truncate(path, .max) == 0 || truncate(path, 1 << 43) == 0 else { return }
    #expect(throws: DatasetError.self) { try IDXFile(path: path, content: .images).contents() }
  }
}
