import ChildPrograms
import Files
import Foundation
import TemporaryFolders
import Testing

@Suite struct LeaseTests {
  private let root: TemporaryFolder
  private let folder: Folder

  init() throws {
    root = try TemporaryFolder()
    folder = try Folder(root.path)
  }

  private func take(_ name: String = "run", seconds: Int = 240) throws -> Lease? {
    try folder.takeLease(name, after: folder.lease(name), seconds: seconds)
  }

  private func past(_ name: String = "run") -> LeaseState.PastLease? {
    if case .over(let past) = folder.lease(name) { past } else { nil }
  }

  @Test func `one process at a time has it`() throws {
    #expect(folder.lease("run") == .free)
    let lease = try #require(try take())
    #expect(folder.lease("run").isHeld)
    #expect(try take() == nil)
    #expect(try take("another") != nil)
    try lease.requireHeld()
    lease.release(outcome: "a result")
    #expect(folder.lease("run").outcome == "a result")
    #expect(!folder.lease("run").mayComeBack)
    #expect(try take() != nil)
    #expect(try root.names().filter { $0.hasPrefix("run") } == ["run.1", "run.2"])
  }

  @Test func `of all who try at once one gets it`() throws {
    for _ in 0..<20 {
      let state = folder.lease("run")
      let folder = folder
      let leases = Array(0..<16).concurrentMap(portion: 1) { _ in
        try? folder.takeLease("run", after: state)
      }
      #expect(leases.compactMap { $0.flatMap { $0 } }.count == 1)
    }
    #expect(try root.names().filter { $0.hasSuffix(".tmp") } == [])
  }

  @Test func `of two processes that share it the last one ends it`() throws {
    var lease = try take()
    var setting = Child.Setting()
    setting.descriptors = [try #require(lease).descriptor]
    let child = try Child("sleep", ["sleep", "60"], setting)
    lease?.handOver()
    lease = nil
    #expect(folder.lease("run").isHeld, "the child has it")
    child.send(SIGKILL)
    #expect(try child.waitForEnd() == .killed(signal: SIGKILL))
    #expect(past()?.isCertain == true)
  }

  /// A process that ends in any way closes its files, and writes no more.
  @Test func `on its machine it is seen at once that the holder is gone`() throws {
    var lease = try take()
    lease?.handOver()  // so that it does not write that it is over
    #expect(folder.lease("run").isHeld)
    lease = nil
    #expect(past()?.isCertain == true)
    #expect(past()?.record?.process == getpid())
    #expect(try take() != nil)
  }

  @Test func `on another machine its age shows whether the holder is there`() throws {
    try writeForeignLease(root.path + "/run.1", age: 200)
    guard case .held(let holder) = folder.lease("run") else {
      Issue.record("it may be renewed still")
      return
    }
    #expect(holder?.host == "elsewhere")
    #expect(try take() == nil)
    try writeForeignLease(root.path + "/run.1", age: 300)
    #expect(folder.lease("run").mayComeBack)
    #expect(try take() != nil)
    #expect(try root.names() == ["run.1", "run.2"], "nothing else is left")
  }

  /// The first holder may still be there after the second has crashed.
  @Test func `a doubt stays until what is at stake is left behind`() throws {
    try writeForeignLease(root.path + "/run.1", age: 300)
    var second = try take()
    second?.handOver()  // so that it does not write that it is over
    second = nil
    #expect(folder.lease("run").mayComeBack)
    try #require(try take()).release(outcome: "a copy")
    #expect(folder.lease("run").outcome == "a copy")
  }

  /// The clock of the file server may be set back.
  @Test func `a lease from the future is held`() throws {
    try writeForeignLease(root.path + "/run.1", age: -1000)
    #expect(folder.lease("run").isHeld)
  }

  @Test(arguments: [(2300, true), (2400, true), (1950, false)])
  func `times that nanoseconds since 1970 cannot say are late or early`(
    year: Int, isHeld: Bool
  ) throws {
    let path = root.path + "/run.1"
    try writeForeignLease(path, age: 0)
    let time = timespec(tv_sec: (year - 1970) * 31_556_952, tv_nsec: 0)
    try #require(utimensat(AT_FDCWD, path, [time, time], 0) == 0)
    var status = stat()
    try #require(stat(path, &status) == 0)
    // Not every file system can say them.
    if status.st_mtim.tv_sec == time.tv_sec { #expect(folder.lease("run").isHeld == isHeld) }
  }

  @Test(arguments: [
    ("30", 30), ("0", 2), ("-5", 2), ("30000000", 86400), ("99999999999", 86400), ("soon", nil),
    ("", nil),
  ])
  func `the usual length is one that others believe`(text: String, seconds: Int?) {
    #expect(Lease.seconds(text) == seconds)
  }

  @Test func `the length of a lease is the holder's`() throws {
    try writeForeignLease(root.path + "/run.1", age: 100, seconds: 60)
    #expect(folder.lease("run").mayComeBack)
    try writeForeignLease(root.path + "/run.1", age: 1000, seconds: 3600)
    #expect(folder.lease("run").isHeld)
  }

  @Test(arguments: ["", "{", "[1]", #"{"host": 1}"#])
  func `what cannot be read is judged by its age`(text: String) throws {
    let path = root.path + "/run.1"
    try Storage.write(text, to: path)
    #expect(folder.lease("run").isHeld)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -100_000)], ofItemAtPath: path)
    #expect(folder.lease("run").mayComeBack)
  }

  @Test(arguments: [0, -1, 1_000_000_000_000])
  func `a length that nobody means is not believed`(seconds: Int) throws {
    try writeForeignLease(root.path + "/run.1", age: 100, seconds: seconds)
    #expect(folder.lease("run").isHeld)
    try writeForeignLease(root.path + "/run.1", age: 1000, seconds: seconds)
    #expect(folder.lease("run").mayComeBack)
  }

  @Test func `a holder that was followed notices`() throws {
    let lease = try #require(try take())
    try lease.requireHeld()
    try writeForeignLease(root.path + "/run.2", age: 0)
    #expect(throws: LeaseLostError.self) { try lease.requireHeld() }
    try FileManager.default.removeItem(atPath: root.path + "/run.2")
    #expect(throws: LeaseLostError.self) { try lease.requireHeld() }
    lease.release(outcome: "nothing")
    #expect(folder.lease("run").outcome == nil)
  }

  /// As after Ctrl-Z, or when a laptop was closed.
  @Test func `who was suspended goes on unless somebody else has`() throws {
    let (kept, lost) = (
      try #require(try take("kept", seconds: 1)), try #require(try take("lost", seconds: 1))
    )
    usleep(600_000)
    try writeForeignLease(root.path + "/lost.2", age: 0)
    try kept.requireHeld()
    #expect(folder.kind(of: "kept.2") == .file, "nobody else can take it over now")
    #expect(throws: LeaseLostError.self) { try lost.requireHeld() }
  }

  @Test func `it is renewed while something is done`() throws {
    let lease = try #require(try take(seconds: 1))
    let before = try Storage.readText(root.path + "/run.1")
    _ = lease.renewed { usleep(400_000) }
    #expect(try Storage.readText(root.path + "/run.1") != before)
    try lease.requireHeld()
  }

  @Test func `it is renewed as often as it must be`() throws {
    let lease = try #require(try take(seconds: 2))
    let before = try Storage.readText(root.path + "/run.1")
    lease.renewIfDue()
    #expect(try Storage.readText(root.path + "/run.1") == before)
    usleep(300_000)
    lease.renewIfDue()
    #expect(try Storage.readText(root.path + "/run.1") != before)
  }

  @Test func `what is retired leaves nothing`() throws {
    try writeForeignLease(root.path + "/run.1", age: 300)
    try #require(try take()).retire()
    #expect(try root.names() == [])
  }

  @Test func `another process takes it over as an open file`() throws {
    let lease = try #require(try take())
    lease.handOver()
    let descriptor = dup(lease.descriptor)
    let inherited = try #require(Lease(inherited: descriptor, "run", in: folder))
    try inherited.requireHeld()
    #expect(Lease(inherited: dup(descriptor), "another", in: folder) == nil)
    inherited.release()
    #expect(!folder.lease("run").isHeld)
  }

  @Test(arguments: ["run.1", "run.2"])
  func `a link in its place is not followed`(name: String) throws {
    if name == "run.2" { try writeForeignLease(root.path + "/run.1", age: 1000) }
    let outside = try TemporaryFolder()
    try Storage.write("text", to: outside.path + "/file")
    try FileManager.default.createSymbolicLink(
      atPath: "\(root.path)/\(name)", withDestinationPath: outside.path + "/file")
    #expect(folder.lease("run") == .held(by: nil))
    #expect(try take() == nil)
    #expect(try Storage.readText(outside.path + "/file") == "text")
  }
}
