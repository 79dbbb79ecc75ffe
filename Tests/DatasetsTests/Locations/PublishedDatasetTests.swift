import Datasets
import Files
import Foundation
import Testing

struct PublishedDatasetTests {
  let folder: TestFolder
  let mirror: TestFolder

  /// A mirror in a folder, and an empty folder for everything else.
  init() throws {
    folder = try TestFolder()
    mirror = try TestFolder()
    for (name, bytes) in smallDataset {
      try mirror.write(bytes, to: "\(name).gz", gzipped: true)
    }
  }

  private func dataset(mirrors: [String]) -> PublishedDataset {
    PublishedDataset(
      type: "small",
      licence: "none",
      files: smallDataset.map {
        .init(
          "\($0.name).gz", byteCount: $0.bytes.count,
          .contents(sha256: SHA256.hexDigest(of: $0.bytes), byteCount: $0.bytes.count))
      },
      mirrors: mirrors)
  }

  /// Has the files downloaded that are missing; returns the paths of all.
  private func locate(mirrors: [String], in locations: DataLocations) throws -> [String] {
    try dataset(mirrors: mirrors).locate(IDXFileSet.names, in: locations)
  }

  private var mirrorAddress: String { "file://\(mirror.path)/" }
  private var nowhere: String { "file://\(mirror.path)/nowhere/" }
  private var downloadedFiles: [String] { smallDataset.map { "exp/small/\($0.name).gz" }.sorted() }

  @Test func `missing files are downloaded into the cache once`() throws {
    let reports = Reports()
    let locations = DataLocations(
      environment: { $0 == "XDG_CACHE_HOME" ? folder.path : nil }, report: { reports.add($0) })
    let paths = try locate(mirrors: [mirrorAddress], in: locations)
    #expect(paths == IDXFileSet.names.map { "\(folder.path)/exp/small/\($0).gz" })
    #expect(folder.files() == downloadedFiles)
    #expect(
      reports.lines == smallDataset.map { "downloading \(mirrorAddress)\($0.name).gz" })

    #expect(try locate(mirrors: [nowhere], in: locations) == paths)
    #expect(reports.lines.count == 4)
  }

  @Test func `what another folder has is not downloaded`() throws {
    for (name, bytes) in smallDataset { try folder.write(bytes, to: "mine/small/\(name)") }
    let locations = DataLocations(
      dataDirectory: "\(folder.path)/mine",
      environment: { $0 == "XDG_CACHE_HOME" ? folder.path : nil })
    _ = try locate(mirrors: [], in: locations)
    #expect(folder.files().allSatisfy { $0.hasPrefix("mine/") })
  }

  @Test func `the next mirror helps where one fails or has other contents`() throws {
    let wrong = try TestFolder()
    for (name, _) in smallDataset { try wrong.write([1, 2, 3], to: "\(name).gz", gzipped: true) }
    let mirrors = [nowhere, "file://\(wrong.path)/", mirrorAddress]
    _ = try locate(mirrors: mirrors, in: cache(folder))
    #expect(folder.files() == downloadedFiles)
  }

  @Test func `without network one error says where the files may be put`() throws {
    let locations = DataLocations(
      dataDirectory: "/my/data", environment: { $0 == "XDG_CACHE_HOME" ? folder.path : nil })
    let error = try datasetError {
      try locate(mirrors: ["http://localhost:1/"], in: locations)
    }
    #expect(folder.files() == [])
    let lines = error.description.split(separator: "\n")
    #expect(
      lines[0] == "error: dataset 'small' is not on this machine and could not be downloaded")
    #expect(lines[1].hasPrefix("  http://localhost:1/train-images-idx3-ubyte.gz: "))
    #expect(
      lines[2...].joined(separator: "\n") == """
        hint: put train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, \
        t10k-labels-idx1-ubyte (plain or with .gz) into one of
          /my/data/small
          \(folder.path)/exp/small
        or try the built-in data, which needs no files: exp run experiments/synthetic-quickstart.yaml
        """)
  }

  @Test func `wrong contents at every mirror leave nothing behind`() throws {
    let wrong = try TestFolder()
    for (name, _) in smallDataset { try wrong.write([1, 2, 3], to: "\(name).gz", gzipped: true) }
    let error = try datasetError {
      try locate(mirrors: ["file://\(wrong.path)/"], in: cache(folder))
    }
    let found = SHA256.hexDigest(of: [1, 2, 3])
    #expect(
      error.message.hasSuffix("wrong contents: SHA-256 of its decompressed bytes is \(found)"))
    #expect(folder.files() == [])
  }

  @Test func `no more is decompressed than there should be`() throws {
    let large = try TestFolder()
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    for (name, _) in smallDataset { try large.write(bytes, to: "\(name).gz") }
    let bomb = try TestFolder()
    for (name, _) in smallDataset {
      try bomb.write([UInt8](repeating: 0, count: 100_000), to: "\(name).gz", gzipped: true)
    }
    let mirrors = [large, bomb].map { "file://\($0.path)/" }
    let error = try datasetError {
      try locate(mirrors: mirrors, in: cache(folder))
    }
    let lines = error.message.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasSuffix(": goes on after the 1064 bytes that it may have"))
    #expect(lines[2].hasSuffix(": goes on after the 40 bytes that it should have"))
    #expect(folder.files() == [])
  }

  @Test func `a folder without read permission is named, not passed over`() throws {
    for (name, bytes) in smallDataset { try folder.write(bytes, to: "exp/small/\(name)") }
    let closed = "\(folder.path)/exp/small"
    chmod(closed, 0)
    defer { chmod(closed, 0o700) }
    let error = try asOrdinaryUser {
      try datasetError { try locate(mirrors: [], in: cache(folder)) }
    }
    #expect(
      error.description == """
        \(closed)/train-images-idx3-ubyte: error: cannot be read: Permission denied
        hint: check the permissions of the file and of the folders above it
        """)
  }

  @Test func `a cache folder that cannot be made is named`() throws {
    try folder.write([], to: "exp")
    let error = try #require(throws: StorageError.self) {
      try locate(mirrors: [mirrorAddress], in: cache(folder))
    }
    #expect(error.code == ENOTDIR)
    #expect(error.path.hasSuffix("/exp"))
  }
}

/// Lines reported while a dataset is loaded.
private final class Reports: @unchecked Sendable {
  private(set) var lines: [String] = []
  func add(_ line: String) { lines.append(line) }
}
