import Files
import Foundation
import TemporaryFolders
import Testing

@Suite struct StorageTemporaryTests {
  @Test func eachFolderIsNewAndClosedToOthers() throws {
    let folders = [try Storage.createTemporaryFolder(), try Storage.createTemporaryFolder()]
    defer { for folder in folders { try? Storage.removeTree(folder) } }
    #expect(folders[0] != folders[1])
    for folder in folders {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder)
      #expect(attributes[.posixPermissions] as? Int == 0o700)
    }
  }

  @Test func removingTakesAllThatIsInItButNothingThatItLinksTo() throws {
    let kept = try TemporaryFolder()
    try Storage.write("text", to: kept.path + "/file")
    let folder = try Storage.createTemporaryFolder()
    try Storage.createFolder(folder + "/a/b")
    try Storage.write("text", to: folder + "/a/.hidden")
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/a/link", withDestinationPath: kept.path)
    try Storage.removeTree(folder)
    #expect(!Storage.exists(folder))
    #expect(try kept.names() == ["file"])
  }
}
