import Files
import Records
import TemporaryFolders
import Testing

@Suite struct RunFolderCheckpointsTests {
  private let root: TemporaryFolder
  private let folder: RunFolder

  init() throws {
    root = try TemporaryFolder()
    folder = RunFolder(path: root.path)
  }

  @Test func theLastAreKept() throws {
    for epoch in [2, 9, 998, 1000, 1002] {
      try folder.writeCheckpoint([UInt8(epoch % 7)], epoch: epoch, keepingLast: 3)
    }
    #expect(
      try Folder(root.path + "/checkpoints").names() == [
        "epoch-1000.safetensors", "epoch-1002.safetensors", "epoch-998.safetensors",
      ])
    #expect(try Storage.read(root.path + "/checkpoints/epoch-998.safetensors") == [UInt8(998 % 7)])
  }

  @Test func epochsHaveThreeDigits() throws {
    try folder.writeCheckpoint([1], epoch: 12, keepingLast: 1)
    #expect(try Folder(root.path + "/checkpoints").names() == ["epoch-012.safetensors"])
  }

  @Test func withNoneToKeepThereIsNoFolder() throws {
    try folder.writeCheckpoint([1], epoch: 1, keepingLast: 0)
    #expect(try root.names().isEmpty)
  }

  @Test func othersFilesStay() throws {
    try Storage.createFolder(root.path + "/checkpoints")
    let others = ["epoch-1.safetensors", "epoch-001.txt", "notes", "epoch-x.safetensors"]
    for name in others { try Storage.write("text", to: "\(root.path)/checkpoints/\(name)") }
    for epoch in 1...3 { try folder.writeCheckpoint([0], epoch: epoch, keepingLast: 1) }
    #expect(
      try Folder(root.path + "/checkpoints").names()
        == (others + ["epoch-003.safetensors"]).sorted())
  }
}
