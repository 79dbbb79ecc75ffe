import Datasets
import Files
import Foundation
import LocalServer
import Synchronization
import TemporaryFolders
import Testing

struct DownloadTests {
  typealias Response = LocalServer.Response

  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// What is to be downloaded, too much for one piece of a pipe.
  private static let contents = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5) }
  private static let name = "things.tar.gz"

  private func dataset(
    _ servers: [LocalServer], byteCount: Int = contents.count,
    checksum: PublishedDataset.File.Checksum? = nil
  ) -> PublishedDataset {
    PublishedDataset(
      type: "things", licence: "none",
      files: [
        .init(
          Self.name, byteCount: byteCount,
          checksum ?? .sha256(SHA256.hexDigest(of: Self.contents)), members: ["a", "b"])
      ],
      mirrors: servers.map { $0.address + "/" })
  }

  /// Downloads, and checks that the file is whole and alone.
  private func get(_ servers: [LocalServer], at path: String? = nil) throws {
    let paths = try dataset(servers).get(into: cache(folder))
    #expect(paths == ["\(folder.path)/exp/things/\(Self.name)"])
    #expect(folder.files() == ["exp/things/\(Self.name)"])
    #expect(try folder.bytes(of: "exp/things/\(Self.name)") == Self.contents)
  }

  /// Downloads in vain; returns the reason that is given for the first mirror.
  private func failure(_ servers: [LocalServer]) throws -> String {
    let error = try datasetError { try dataset(servers).get(into: cache(folder)) }
    let line = try #require(error.message.split(separator: "\n").dropFirst().first)
    return String(line.trimmingPrefix("  \(servers[0].address)/\(Self.name): "))
  }

  private static func good(_ request: LocalServer.Request, _: Int) -> Response {
    .file(contents, request)
  }

  /// Announces all of the file, and sends `count` bytes of it at most.
  private static func cut(_ request: LocalServer.Request, after count: Int) -> Response {
    var response = Response.file(contents, request)
    response.announcedLength = response.body.count
    response.body = Array(response.body.prefix(count))
    return response
  }

  private var partial: String { "exp/things/\(Self.name).partial" }

  @Test func `a connection that is cut is resumed where it was`() throws {
    let server = try LocalServer { request, _ in Self.cut(request, after: 100_000) }
    try get([server])
    #expect(server.requests.map(\.start) == [nil, 100_000, 200_000])
  }

  @Test func `a later download resumes what an earlier one left`() throws {
    let dead = try LocalServer { request, count in
      count == 0 ? Self.cut(request, after: 120_000) : Response(status: 503)
    }
    #expect(try failure([dead]).contains("503"))
    #expect(folder.files() == [partial])
    let server = try LocalServer(Self.good)
    try get([server])
    #expect(server.requests.map(\.start) == [120_000])
  }

  @Test func `the next mirror resumes, and begins anew where the bytes are others`() throws {
    let wrong = try LocalServer { request, count in
      var response = Response(body: [UInt8](repeating: 7, count: 50_000))
      response.announcedLength = 300_000
      return count == 0 ? response : Response(status: 404)
    }
    let server = try LocalServer(Self.good)
    try get([wrong, server])
    #expect(server.requests.map(\.start) == [50_000, nil])
  }

  @Test func `a server that ignores ranges is asked for the whole file`() throws {
    let server = try LocalServer { request, count in
      count == 0
        ? Self.cut(request, after: 100_000) : Response(body: Self.contents)
    }
    try get([server])
    #expect(server.requests.map(\.start) == [nil, 100_000, nil])
  }

  @Test func `a server that sends another range than asked for is not believed`() throws {
    let server = try LocalServer { request, count in
      switch count {
      case 0: Self.cut(request, after: 100_000)
      case 1:
        Response(
          status: 206, headers: ["Content-Range: bytes 0-299999/300000"], body: Self.contents)
      default: .file(Self.contents, request)
      }
    }
    try get([server])
  }

  @Test(arguments: [404, 500])
  func `an error is told, and the next mirror tried`(status: Int) throws {
    let broken = try LocalServer { _, _ in Response(status: status, body: Array("<html>".utf8)) }
    #expect(try failure([broken]) == "The requested URL returned error: \(status)")
    #expect(folder.files() == [])
    try get([broken, try LocalServer(Self.good)])
  }

  @Test func `without network an archive is asked for as it is published`() throws {
    let error = try datasetError { try dataset([]).get(into: cache(folder)) }
    #expect(error.hint.hasPrefix("put things.tar.gz into one of\n  \(folder.path)/exp/things\n"))
  }

  @Test func `a connection that is cut before the first byte is no reason to try forever`() throws {
    let server = try LocalServer { request, _ in Self.cut(request, after: 0) }
    #expect(!(try failure([server])).isEmpty)
    #expect(server.requests.count == 1)
    #expect(folder.files() == [])
  }

  @Test func `a connection that is cut again and again is given up`() throws {
    let server = try LocalServer { request, _ in Self.cut(request, after: 10) }
    #expect(!(try failure([server])).isEmpty)
    #expect(server.requests.count == 8)
    #expect(folder.files() == [partial])
  }

  @Test func `a file that ends early as announced is wrong`() throws {
    let server = try LocalServer { _, _ in Response(body: Array(Self.contents.prefix(1000))) }
    let found = SHA256.hexDigest(of: Array(Self.contents.prefix(1000)))
    #expect(try failure([server]) == "wrong contents: SHA-256 is \(found)")
    #expect(folder.files() == [])
  }

  @Test(arguments: [nil, -1])
  func `no more is kept than there should be`(length: Int?) throws {
    let server = try LocalServer { _, _ in
      var response = Response(body: Self.contents + [1])
      response.announcedLength = length
      return response
    }
    #expect(try failure([server]) == "goes on after the 300000 bytes that it may have")
    #expect(folder.files() == [])
  }

  @Test func `what never ends is ended`() throws {
    let server = try LocalServer { _, _ in
      var response = Response()
      response.announcedLength = -1
      response.endlessTail = [UInt8](repeating: 0, count: 1 << 16)
      return response
    }
    #expect(try failure([server]) == "goes on after the 300000 bytes that it may have")
    #expect(folder.files() == [])
  }

  @Test func `a file is right although its length is not announced`() throws {
    let server = try LocalServer { _, _ in
      var response = Response(body: Self.contents)
      response.announcedLength = -1
      return response
    }
    try get([server])
  }

  @Test func `wrong bytes are told by their checksum`() throws {
    let wrong = try LocalServer { _, _ in Response(body: Self.contents.reversed()) }
    let found = SHA256.hexDigest(of: Self.contents.reversed())
    #expect(try failure([wrong]) == "wrong contents: SHA-256 is \(found)")
    try get([wrong, try LocalServer(Self.good)])
  }

  @Test func `redirects in a circle end`() throws {
    let circle = try LocalServer { request, _ in
      Response(status: 302, headers: ["Location: \(request.path)"])
    }
    #expect(try failure([circle]).contains("redirects"))
    try get([circle, try LocalServer(Self.good)])
  }

  @Test func `a file that was whole when its process ended is not asked for again`() throws {
    try folder.write(Self.contents, to: partial)
    let server = try LocalServer(Self.good)
    try get([server])
    #expect(server.requests == [])
  }

  @Test func `a whole file is recognized where its size is not published`() throws {
    try folder.write(Self.contents, to: partial)
    let server = try LocalServer(Self.good)
    _ = try dataset([server], byteCount: 1 << 20).get(into: cache(folder))
    #expect(server.requests.map(\.start) == [300_000])
    #expect(try folder.bytes(of: "exp/things/\(Self.name)") == Self.contents)
  }

  @Test func `a wrong file of the right size is thrown away where its size is not published`()
    throws
  {
    try folder.write(Self.contents.reversed(), to: partial)
    let server = try LocalServer(Self.good)
    _ = try dataset([server], byteCount: 1 << 20).get(into: cache(folder))
    #expect(server.requests.map(\.start) == [300_000, nil])
    #expect(try folder.bytes(of: "exp/things/\(Self.name)") == Self.contents)
  }

  @Test func `a part that is larger than the file is thrown away`() throws {
    try folder.write(Self.contents + Self.contents, to: partial)
    let server = try LocalServer(Self.good)
    try get([server])
    #expect(server.requests.map(\.start) == [nil])
  }

  @Test func `MD5 serves where no other checksum is published`() throws {
    let server = try LocalServer { _, _ in Response(body: Array("abc".utf8)) }
    func get(_ digest: String) throws -> [String] {
      try dataset([server], byteCount: 3, checksum: .md5(digest)).get(into: cache(folder))
    }
    let error = try datasetError { try get("900150983cd24fb0d6963f7d28e17f73") }
    #expect(error.message.hasSuffix("wrong contents: MD5 is 900150983cd24fb0d6963f7d28e17f72"))
    _ = try get("900150983cd24fb0d6963f7d28e17f72")
    #expect(folder.files() == ["exp/things/\(Self.name)"])
  }

  @Test func `a disk without room is told before anything is downloaded`() throws {
    let server = try LocalServer(Self.good)
    let error = try datasetError {
      try dataset([server], byteCount: 1 << 60).get(into: cache(folder))
    }
    #expect(error.message.hasPrefix("needs 1,152,922 TB of disk space, and "))
    #expect(error.exitStatus.rawValue == 74)
    #expect(server.requests == [])
  }

  /// Calls `body` on three threads at once; returns what each returns. Threads of their own, since tasks take turns on
  /// a machine with one core.
  private func threeTimes(_ body: @escaping @Sendable () throws -> [String]) throws -> [[String]] {
    let results = Mutex<[Result<[String], any Error>]>([])
    let ended = DispatchGroup()
    for _ in 0..<3 {
      ended.enter()
      Thread.detachNewThread {
        let result = Result { try body() }
        results.withLock { $0.append(result) }
        ended.leave()
      }
    }
    ended.wait()
    return try results.withLock { $0 }.map { try $0.get() }
  }

  @Test func `one file is not downloaded by several at a time`() throws {
    let server = try LocalServer { request, _ in
      usleep(200_000)
      return .file(Self.contents, request)
    }
    let dataset = dataset([server])
    let locations = cache(folder)
    let paths = try threeTimes { try dataset.get(into: locations) }
    #expect(paths == Array(repeating: ["\(folder.path)/exp/things/\(Self.name)"], count: 3))
    #expect(server.requests.count == 1)
    #expect(folder.files() == ["exp/things/\(Self.name)"])
  }

  @Test func `an archive is downloaded by one of several workers, and found by the others`() throws
  {
    let archive = try bytes(of: fixture("gzipped.tar.gz"))
    let server = try LocalServer { request, _ in
      usleep(200_000)
      return .file(archive, request)
    }
    let dataset = PublishedDataset(
      type: "things", licence: "none",
      files: [
        .init(
          Self.name, byteCount: archive.count, .sha256(SHA256.hexDigest(of: archive)),
          members: ["numbers", "others"])
      ], mirrors: [server.address + "/"])
    let locations = cache(folder)
    let paths = try threeTimes { try dataset.locate(["numbers"], in: locations) }
    #expect(paths == Array(repeating: ["\(folder.path)/exp/things/numbers"], count: 3))
    #expect(try folder.bytes(of: "exp/things/numbers").count == 5120)
    #expect(server.requests.count == 1)
    #expect(folder.files() == ["exp/things/numbers", "exp/things/\(Self.name)"])
  }

  @Test
  func `what another machine might still be downloading is not gone on with, and goes in the end`()
    throws
  {
    try folder.write(Array(Self.contents.prefix(100_000)), to: partial)
    try writeForeignLease("\(folder.path)/exp/things/.\(Self.name).lease.1", age: 300)
    let server = try LocalServer(Self.good)
    _ = try dataset([server]).get(into: cache(folder))
    #expect(server.requests.map(\.start) == [nil])
    #expect(try folder.bytes(of: "exp/things/\(Self.name)") == Self.contents)
    #expect(folder.files() == ["exp/things/\(Self.name)"])
  }

  /// It was taken for gone, as after Ctrl-Z, and another one has made the file meanwhile.
  @Test func `who was overtaken finds the file, whatever became of its own part`() throws {
    let (path, partial) = (folder.path, partial)
    let server = try LocalServer { request, count in
      do {
        try Data(Self.contents).write(to: URL(fileURLWithPath: "\(path)/exp/things/\(Self.name)"))
        try FileManager.default.removeItem(atPath: "\(path)/\(partial)")
      } catch {
        Issue.record(error)
      }
      return Self.good(request, count)
    }
    let paths = try dataset([server]).get(into: cache(folder))
    #expect(paths == ["\(path)/exp/things/\(Self.name)"])
    #expect(try folder.bytes(of: "exp/things/\(Self.name)") == Self.contents)
  }
}
