import Files
import Foundation
import Testing

/// Clocks that are wrong, or were set back.
extension DecodedCacheTests {
  /// Gives the file `name` the time that is `seconds` after now.
  private func date(_ name: String, _ seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: seconds)],
      ofItemAtPath: "\(folder.path)/\(name)")
  }

  /// Whoever wrote it had a clock that is ahead, or this one was set back.
  @Test func `a file from the future is decoded each time`() throws {
    try date("data/a", 3600)
    #expect(try load().isDecoded)
    #expect(files == [])
    #expect(try load().isDecoded)
  }

  @Test func `a file that changed after the clock was set back is decoded again`() throws {
    _ = try load()
    try folder.write([3, 2], to: "data/b")
    try date("data/b", -86400)
    #expect(try load().isDecoded)
    #expect(try !load().isDecoded)
  }

  @Test func `what was kept before the clock was set back is used, and was last used now`() throws {
    _ = try load()
    try date(#require(files.first), 86400)
    #expect(try !load().isDecoded)
    let lastUse = try #require(try cache.entries().first).lastUse
    #expect(abs(lastUse.seconds - Timestamp.now.seconds) < 3600)
  }
}
