import Files
import Foundation
import Records
import TemporaryFolders
import Testing

@Suite struct RunFolderStateTests {
  private let root: TemporaryFolder
  private let folder: RunFolder

  init() throws {
    root = try TemporaryFolder()
    folder = RunFolder(path: root.path)
  }

  private func save(_ text: String, _ epoch: Int, _ step: Int = 0) throws {
    try folder.writeState(Array(text.utf8), at: StatePosition(epoch: epoch, step: step))
  }

  private var files: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: root.path + "/state").sorted()
    }
  }

  /// What is read, and how many warnings there are.
  private func read() throws -> (text: String?, warnings: [String]) {
    var warnings: [String] = []
    let text = try folder.readState(
      limit: 100, { String(decoding: $0, as: UTF8.self) }, warn: { warnings.append("\($0)") })
    return (text, warnings)
  }

  @Test func withoutStateThereIsNone() throws {
    #expect(try read() == (nil, []))
  }

  @Test func theLastTwoAreKeptByPosition() throws {
    for epoch in 8...11 { try save("\(epoch)", epoch) }
    #expect(try files.map { String($0.prefix { $0 != "_" }) } == ["epoch-10", "epoch-11"])
    #expect(try read() == ("11", []))
    try save("11.5", 11, 5)
    #expect(try read() == ("11.5", []))
    #expect(try files.count == 2)
  }

  @Test func whatIsSavedAgainTakesThePlaceOfWhatIsLater() throws {
    for epoch in 1...3 { try save("\(epoch)", epoch) }
    try save("again", 2)
    #expect(try read() == ("again", []))
    #expect(try files.count == 1, "of what comes before it nothing was kept")
  }

  @Test(arguments: [[], Array("2".utf8), Array("22 ".utf8), Array("23".utf8)] as [[UInt8]])
  func aDamagedStateIsPassedOver(bytes: [UInt8]) throws {
    try save("11", 1)
    try save("22", 2)
    let file = root.path + "/state/" + (try #require(try files.last))
    try Storage.write(bytes, to: file)
    #expect(
      try read() == ("11", ["'\(file)' is damaged: its checksum is not the one in its name"]))
    try Storage.write(bytes, to: root.path + "/state/" + (try #require(try files.first)))
    #expect(try read().text == nil)
    #expect(try read().warnings.count == 2)
  }

  /// A run comes to the same from each of its states.
  @Test func `a state that cannot be read is passed over for the one before it`() throws {
    try save("1", 1)
    let sum = String(repeating: "0", count: 64)
    let path = "\(root.path)/state/epoch-2_step-0_\(sum).safetensors"
    try Storage.createFolder(path)
    #expect(try read() == ("1", ["cannot read '\(path)': Is a directory"]))
    try FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(try read() == ("1", ["cannot read '\(path)': it is not a regular file"]))
    #expect(unlink(path) == 0)
    try Storage.write([UInt8](repeating: 0, count: 101), to: path)
    #expect(try read() == ("1", ["cannot read '\(path)': it has more than 100 bytes"]))
    #expect(unlink(path) == 0 && symlink("/dev/zero", path) == 0)
    #expect(try read() == ("1", ["cannot read '\(path)': it is a link, which is not followed"]))
  }

  @Test func `what only has the name of a state stays, and no state goes for it`() throws {
    try save("1", 1)
    let sum = String(repeating: "0", count: 64)
    let path = "\(root.path)/state/epoch-2_step-0_\(sum).safetensors"
    try Storage.createFolder(path)
    for epoch in 3...5 { try save("\(epoch)", epoch) }
    #expect(try files.count == 3)
    #expect(try read() == ("5", []))
    try folder.removeState()
    #expect(Storage.isFolder(path))
  }

  @Test func whatCannotBeDecodedIsPassedOver() throws {
    struct Unknown: Error, CustomStringConvertible { let description = "it is unknown" }
    try save("old", 1)
    try save("new", 2)
    let state: String? = try folder.readState(
      limit: 100,
      { bytes in
        guard bytes == Array("old".utf8) else { throw Unknown() }
        return "old"
      }, warn: { #expect("\($0)".hasSuffix("is damaged: it is unknown")) })
    #expect(state == "old")
  }

  @Test func itGoesWithoutATrace() throws {
    let lease = try #require(try folder.takeLease())
    try save("1", 1)
    try save("2", 2)
    try folder.removeState()
    #expect(try root.names() == [])
    withExtendedLifetime(lease) {}
  }

  @Test func `temporary files of evaluations go once nobody can be writing them`() throws {
    let place = root.path + "/evaluations/other"
    try Storage.createFolder(place)
    let (old, new) = (".report.txt.a.tmp", ".report.txt.b.tmp")
    for name in [old, new] { try Storage.write("", to: place + "/" + name) }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: place + "/" + old)
    try folder.removeTemporaryFiles()
    #expect(try FileManager.default.contentsOfDirectory(atPath: place) == [new])
  }

  @Test func otherFilesStay() throws {
    try Storage.createFolder(root.path + "/state")
    try Storage.write("mine", to: root.path + "/state/notes.txt")
    for epoch in 1...4 { try save("\(epoch)", epoch) }
    try folder.removeState()
    #expect(try files == ["notes.txt"])
  }
}
