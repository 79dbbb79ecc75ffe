import Datasets
import Files
import Foundation
import Synchronization
import TemporaryFolders
import Tensors
import Testing

struct DecodedCacheTests {
  let folder: TestFolder
  private let source: DecodedCache.Source
  let cache: DecodedCache
  private let decoded: LoadedDataset

  init() throws {
    folder = try TestFolder()
    for name in ["a", "b"] { try folder.write([1, 2], to: "data/\(name)") }
    source = .init(
      type: "image_folder", path: "\(folder.path)/data", settings: "{}", files: ["a", "b"])
    // A negative time to settle takes files that were written just now.
    cache = DecodedCache(in: Self.locations(folder), settling: -60_000_000_000)
    decoded = LoadedDataset(
      type: "image_folder", imageShape: ImageShape(height: 1, width: 2, channels: 3),
      classNames: ["x", "y 🌹\n"],
      training: LabelledImages(
        images: (0..<12).map { $0 }, labels: [0, 1], names: ["x/1", "y/\n"], groups: ["p", "q"]),
      validation: LabelledImages(images: (12..<30).map { $0 }, labels: [1, 0, 1]),
      test: LabelledImages(images: (30..<36).map { $0 }, labels: [0]), notes: ["a note"])
  }

  private static func locations(_ folder: TestFolder) -> DataLocations {
    let path = folder.path
    return DataLocations(environment: { $0 == "XDG_CACHE_HOME" ? path : nil })
  }

  /// The dataset of `source`, and whether it was decoded.
  func load(
    _ source: DecodedCache.Source? = nil
  ) throws -> (dataset: LoadedDataset, isDecoded: Bool) {
    var isDecoded = false
    let dataset = try cache.dataset(of: source ?? self.source) {
      isDecoded = true
      return decoded
    }
    return (dataset, isDecoded)
  }

  private func expectSame(_ found: LoadedDataset) {
    #expect(found.type == decoded.type)
    #expect(found.imageShape == decoded.imageShape)
    #expect(found.classNames == decoded.classNames)
    #expect(found.notes == decoded.notes)
    #expect(found.digest == decoded.digest)
    for (part, wanted) in [
      (found.training, decoded.training), (found.validation, decoded.validation),
      (found.test, decoded.test),
    ] as [(LabelledImages?, LabelledImages?)] {
      #expect(part.map { Array($0.images) } == wanted.map { Array($0.images) })
      #expect(part?.labels == wanted?.labels)
      #expect(part?.names == wanted?.names)
      #expect(part?.groups == wanted?.groups)
    }
  }

  var files: [String] { folder.files().filter { $0.hasPrefix("exp/decoded/") } }

  @Test func `what was decoded once is read the second time, all the same`() throws {
    #expect(try load().isDecoded)
    let again = try load()
    #expect(!again.isDecoded)
    expectSame(again.dataset)
    #expect(files.count == 1)
  }

  /// Loads the dataset, which another machine is decoding. Returns whether it was decoded here, and how often a lease was
  /// waited for; `finish` is called while it is.
  private func loadWhileDecodedElsewhere(
    finish: @escaping @Sendable (_ file: String, _ lease: String) -> Void
  ) throws -> (isDecoded: Bool, waits: [String]) {
    _ = try load()
    let file = "\(folder.path)/\(try #require(files.first))"
    let name = try #require(file.split(separator: "/").last)
    let lease = "\(folder.path)/exp/decoded/.\(name).lease.1"
    try FileManager.default.moveItem(atPath: file, toPath: "\(folder.path)/decoded elsewhere")
    try writeForeignLease(lease, age: 10)
    let waits = Mutex<[String]>([])
    let path = folder.path
    let locations = DataLocations(
      environment: { $0 == "XDG_CACHE_HOME" ? path : nil },
      report: { line in
        waits.withLock { $0.append(line) }
        finish(file, lease)
      })
    var isDecoded = false
    _ = try DecodedCache(in: locations, settling: -60_000_000_000).dataset(of: source) {
      isDecoded = true
      return decoded
    }
    return (isDecoded, waits.withLock { $0 })
  }

  private var wait: [String] {
    ["waiting for another process, which is decoding \(folder.path)/data"]
  }

  @Test func `what another machine is decoding is waited for`() throws {
    let path = folder.path
    let result = try loadWhileDecodedElsewhere { file, _ in
      #expect(throws: Never.self) {
        try FileManager.default.moveItem(atPath: "\(path)/decoded elsewhere", toPath: file)
      }
    }
    #expect(result == (false, wait))
  }

  @Test func `a lease that cannot be read is not waited for`() throws {
    _ = try load()
    let file = try #require(files.first)
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(file)")
    let name = try #require(file.split(separator: "/").last)
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/exp/decoded/.\(name).lease.1", withIntermediateDirectories: false)
    #expect(try load().isDecoded)
    #expect(try !load().isDecoded)
  }

  @Test func `what another machine could not decode is decoded here`() throws {
    let result = try loadWhileDecodedElsewhere { _, lease in
      #expect(throws: Never.self) { try writeForeignLease(lease, age: 0, outcome: "none") }
    }
    #expect(result == (true, wait))
    #expect(files.count == 1, "no lease is left")
    #expect(try !load().isDecoded)
  }

  @Test func `other settings, types and files are other datasets`() throws {
    _ = try load()
    for other in [
      DecodedCache.Source(
        type: "csv", path: source.path, settings: "{}", files: ["a", "b"]),
      .init(type: source.type, path: source.path, settings: "{1}", files: ["a", "b"]),
      .init(type: source.type, path: source.path, settings: "{}", files: ["a"]),
    ] { #expect(try load(other).isDecoded) }
    // The last one replaces the first, which had the same settings.
    #expect(files.count == 3)
  }

  @Test func `a file that changes is decoded again`() throws {
    _ = try load()
    try folder.write([3, 2], to: "data/b")
    #expect(try load().isDecoded)
    #expect(try !load().isDecoded)
    #expect(files.count == 1)
  }

  @Test func `what was not used for longest is removed where all is too large`() throws {
    let small = DecodedCache(
      in: Self.locations(folder), settling: -60_000_000_000, largest: 500_000)
    func load(_ settings: String) throws -> Set<String> {
      let source = DecodedCache.Source(
        type: source.type, path: source.path, settings: settings, files: ["a"])
      _ = try small.dataset(of: source) { decoded }
      return Set(files)
    }
    // Each takes three pages of 65,536 bytes and a few.
    let first = try load("1")
    for name in first {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: "\(folder.path)/\(name)")
    }
    let both = try load("2")
    #expect(both.count == 2)
    let last = try load("3")
    #expect(last.count == 2 && last.isDisjoint(with: first))
  }

  @Test func `a dataset whose folder was moved is found again`() throws {
    _ = try load()
    try FileManager.default.moveItem(atPath: source.path, toPath: "\(folder.path)/moved")
    let moved = DecodedCache.Source(
      type: source.type, path: "\(folder.path)/moved", settings: "{}", files: ["a", "b"])
    #expect(try !load(moved).isDecoded)
  }

  @Test func `files that changed just now are not relied on`() throws {
    let usual = DecodedCache(in: Self.locations(folder))
    _ = try usual.dataset(of: source) { decoded }
    #expect(files == [])
  }

  @Test func `a file that changes while it is decoded is not relied on`() throws {
    _ = try cache.dataset(of: source) {
      try folder.write([9], to: "data/a")
      return decoded
    }
    #expect(files == [])
  }

  @Test func `a damaged or truncated file is made anew`() throws {
    _ = try load()
    let name = try #require(files.first)
    let whole = try folder.bytes(of: name)
    let lengths = [0, 10, 64, 70, 65_536, whole.count - 1]
    for length in lengths {
      try folder.write(Array(whole.prefix(length)), to: name)
      let found = try load()
      #expect(found.isDecoded, "\(length) bytes")
      expectSame(found.dataset)
    }
    for place in stride(from: 0, to: 400, by: 7) {
      var changed = whole
      changed[place] ^= 0x41
      try folder.write(changed, to: name)
      expectSame(try load().dataset)
    }
    try folder.write(whole + [0], to: name)
    #expect(try load().isDecoded)
    #expect(try !load().isDecoded)
  }

  @Test(arguments: [
    (#""shape":[1,2,3]"#, #""shape":[-1,-2,3]"#),
    (#""shape":[1,2,3]"#, #""shape":[4611686018427387904,2,3]"#),
    (#""labels":[1,0,1]"#, #""labels":[1,0,2]"#),
    (#""labels":[1,0,1]"#, #""labels":[1,0,-1]"#),
    (#""labels":[1,0,1]"#, #""labels":[1,0,257]"#),
    (#""groups":["p","q"]"#, #""groups":["p"]"#),
    (#""names":["x/1","#, #""names":["x/1","x/2","#),
  ])
  func `a file of impossible numbers is made anew`(number: String, wrong: String) throws {
    _ = try load()
    let name = try #require(files.first)
    let whole = try folder.bytes(of: name)
    let words = String(decoding: whole[..<64], as: UTF8.self).split(separator: " ")
    let count = try #require(Int(words[3]))
    // The pixels stay where they are, since all of the header is in front of the first multiple of 65,536.
    let old = String(decoding: whole[64..<64 + count], as: UTF8.self)
    let header = Array(old.replacing(number, with: wrong).utf8)
    try #require(header.count != count || header != Array(old.utf8))
    let checksum = header.withUnsafeBytes { FileIndexFormat.checksum($0) }
    let line = "exp decoded \(words[2]) \(header.count) \(checksum)"
    let start = Array((line + String(repeating: " ", count: 63 - line.utf8.count) + "\n").utf8)
    let gap = [UInt8](repeating: 0, count: 65_536 - start.count - header.count)
    try folder.write(start + header + gap + whole[65_536...], to: name)
    #expect(try load().isDecoded)
  }

  @Test func `without a folder to write to it works as well, and says so`() throws {
    try folder.write([1], to: "exp")
    let found = try load()
    #expect(found.isDecoded)
    let notes = found.dataset.notes
    #expect(notes.count == 2 && notes[0] == "a note")
    #expect(notes[1].hasPrefix("decoded images are not kept for the next start: cannot create"))
  }

  @Test func `an error of decoding is the caller's`() throws {
    #expect(throws: CancellationError.self) {
      _ = try cache.dataset(of: source) { throw CancellationError() }
    }
    #expect(files == [])
  }

  @Test func `clearing leaves what another process may be writing`() throws {
    for name in ["young", "old"] { try folder.write([1], to: "exp/decoded/.\(name).1.tmp") }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7200)],
      ofItemAtPath: "\(folder.path)/exp/decoded/.old.1.tmp")
    _ = try cache.clear()
    #expect(files == ["exp/decoded/.young.1.tmp"])
  }

  @Test func `what is kept is listed, and cleared`() throws {
    #expect(try cache.entries().isEmpty)
    #expect(try cache.clear() == 0)
    _ = try load()
    try folder.write([1, 2, 3], to: "exp/decoded/damaged")
    let entries = try cache.entries()
    #expect(Set(entries.map(\.type)) == ["image_folder", nil])
    #expect(entries.first { $0.type != nil }?.source == source.path)
    let byteCount = try files.reduce(0) { try $0 + folder.bytes(of: $1).count }
    #expect(try cache.clear() == byteCount)
    #expect(files == [])
    #expect(try load().isDecoded)
  }
}
