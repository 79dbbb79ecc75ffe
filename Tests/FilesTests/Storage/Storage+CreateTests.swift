import Files
import TemporaryFolders
import Testing

@Suite struct StorageCreateTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func whatIsThereStays() throws {
    let path = folder.path + "/file"
    #expect(try Storage.create("first", at: path))
    #expect(try !Storage.create("second", at: path))
    #expect(try Storage.readText(path) == "first")
    #expect(throws: StorageError(.create, folder.path + "/nowhere/file", code: 2)) {
      _ = try Storage.create("", at: folder.path + "/nowhere/file")
    }
  }
}
