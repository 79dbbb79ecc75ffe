import ChildPrograms
import Files
import Foundation
import TemporaryFolders
import Testing

@Suite struct FileLockTests {
  private let root: TemporaryFolder
  private let folder: Folder
  private var path: String { root.path + "/lock" }

  init() throws {
    root = try TemporaryFolder()
    folder = try Folder(root.path)
  }

  private func isTaken() throws -> Bool { try folder.lock("lock") == nil }

  @Test func onlyOneHasIt() throws {
    #expect(try !isTaken())
    var lock = try folder.lock("lock")
    #expect(lock != nil)
    #expect(try isTaken())
    #expect(try folder.lock("lock") == nil)
    lock = nil
    #expect(try !isTaken())
    #expect(try folder.lock("lock") != nil)
  }

  @Test func itEndsWithItsProcessAndNotWithTheFirstOfTwoThatShareIt() throws {
    let lock = try #require(try folder.lock("lock"))
    var setting = Child.Setting()
    setting.descriptors = [lock.descriptor]
    let child = try Child("sleep", ["sleep", "60"], setting)
    close(lock.descriptor)
    #expect(try isTaken(), "the child has it")
    child.send(SIGKILL)
    #expect(try child.waitForEnd() == .killed(signal: SIGKILL))
    #expect(try !isTaken())
    // The descriptor is closed already; the lock must not close another file's.
    _ = Unmanaged.passRetained(lock)
  }

  @Test func whoWaitsGetsItInTheEnd() async throws {
    let folder = folder
    var lock = try folder.lock("lock")
    let waiting = Task.detached { try folder.lock("lock", waits: true) != nil }
    #expect(lock != nil)
    lock = nil
    #expect(try await waiting.value)
  }

  @Test func `a link in the place of the lock is not followed`() throws {
    let elsewhere = root.path + "/elsewhere"
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
    #expect(throws: StorageError(.create, path, code: ELOOP, .link)) { try folder.lock("lock") }
    #expect(!Storage.exists(elsewhere))
  }

  @Test func `a lock knows its own file from another in its place`() throws {
    let lock = try #require(try folder.lock("lock"))
    #expect(lock.isOf("lock", in: folder))
    try FileManager.default.removeItem(atPath: path)
    #expect(!lock.isOf("lock", in: folder))
    try Storage.write("", to: path)
    #expect(!lock.isOf("lock", in: folder))
  }
}
