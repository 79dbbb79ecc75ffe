import Files
import Records
import TemporaryFolders
import Testing

@Suite struct RunCatalogNamesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func runsAndTheFoldersThatTheyAreInHaveNames() throws {
    for run in ["b/2026-11-22_21-06-06_seed-1", "b/2026-11-22_21-06-06_seed-0", "a/c/mine"] {
      try Storage.createFolder(folder.path + "/" + run)
    }
    try Storage.write("{}", to: folder.path + "/a/c/mine/run.json")
    try Storage.createFolder(folder.path + "/empty")
    #expect(
      RunCatalog.names(in: folder.path) == [
        "a/c", "b", "a/c/mine", "b/2026-11-22_21-06-06_seed-0", "b/2026-11-22_21-06-06_seed-1",
      ])
  }

  @Test func whereThereIsNothingThereAreNoNames() {
    #expect(RunCatalog.names(in: folder.path) == [])
    #expect(RunCatalog.names(in: folder.path + "/nowhere") == [])
  }
}
