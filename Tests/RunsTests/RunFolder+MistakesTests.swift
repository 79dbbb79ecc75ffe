import Runs
import Testing

@Suite struct RunFolderMistakesTests {
  private let root: TemporaryFolder
  private let folder: RunFolder

  init() throws {
    root = try TemporaryFolder()
    folder = RunFolder(path: root.path)
  }

  @Test func picturesAreNamedByTestImage() throws {
    try folder.writeMistake([1, 2], index: 321)
    try folder.writeMistake([3], index: 123_456)
    #expect(
      try Storage.names(in: root.path + "/mistakes") == ["test-00321.png", "test-123456.png"])
    #expect(try folder.mistake(at: 321) == [1, 2])
    #expect(try folder.mistake(at: 123_456) == [3])
  }

  @Test func thereMayBeNone() throws {
    #expect(try folder.mistake(at: 0) == nil)
    #expect(try root.names().isEmpty)
  }
}
