import ChildPrograms
import Files
import Foundation
import TemporaryFolders
import Testing

@Suite struct FileLockTests {
  private let root: TemporaryFolder
  private var path: String { root.path + "/lock" }

  init() throws { root = try TemporaryFolder() }

  @Test func onlyOneHasIt() throws {
    #expect(!FileLock.isTaken(path))
    var lock = try FileLock.take(path)
    #expect(lock != nil)
    #expect(FileLock.isTaken(path))
    #expect(try FileLock.take(path) == nil)
    lock = nil
    #expect(!FileLock.isTaken(path))
    #expect(try FileLock.take(path) != nil)
  }

  @Test func itEndsWithItsProcessAndNotWithTheFirstOfTwoThatShareIt() throws {
    let lock = try #require(try FileLock.take(path))
    var setting = Child.Setting()
    setting.descriptors = [lock.descriptor]
    let child = try Child("sleep", ["sleep", "60"], setting)
    close(lock.descriptor)
    #expect(FileLock.isTaken(path), "the child has it")
    child.send(SIGKILL)
    #expect(try child.waitForEnd() == .killed(signal: SIGKILL))
    #expect(!FileLock.isTaken(path))
    // The descriptor is closed already; the lock must not close another file's.
    _ = Unmanaged.passRetained(lock)
  }

  @Test func whoWaitsGetsItInTheEnd() async throws {
    let path = path
    var lock = try FileLock.take(path)
    let waiting = Task.detached { try FileLock.take(path, waits: true) != nil }
    #expect(lock != nil)
    lock = nil
    #expect(try await waiting.value)
  }

  /// Nobody may take a run for dead that might be another user's.
  @Test func whatCannotBeAskedMayBeTaken() throws {
    let path = root.path + "/itself"
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
    #expect(FileLock.isTaken(path))
  }

  @Test func aFolderThatIsNotThereHasNoLock() {
    #expect(throws: StorageError.self) { try FileLock.take(root.path + "/none/lock") }
    #expect(!FileLock.isTaken(root.path + "/none/lock"))
  }
}
