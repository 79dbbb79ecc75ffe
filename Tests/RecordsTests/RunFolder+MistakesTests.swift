import Files
import Glibc
import Records
import TemporaryFolders
import Testing

@Suite struct RunFolderMistakesTests {
  private let root: TemporaryFolder
  private let folder: RunFolder

  init() throws {
    root = try TemporaryFolder()
    folder = RunFolder(path: root.path)
  }

  /// A file that begins and ends as PNG files do.
  private func picture(_ bytes: [UInt8] = []) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + bytes
      + [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]
  }

  @Test func picturesAreNamedByTestImage() throws {
    try folder.writeMistake(picture([1, 2]), of: .test, index: 321)
    try folder.writeMistake(picture([3]), of: .test, index: 123_456)
    #expect(
      try Folder(root.path + "/mistakes").names() == ["test-00321.png", "test-123456.png"])
    #expect(try folder.mistake(of: .test, at: 321) == picture([1, 2]))
    #expect(try folder.mistake(of: .test, at: 123_456) == picture([3]))
  }

  @Test func thereMayBeNone() throws {
    #expect(try folder.mistake(of: .test, at: 0) == nil)
    #expect(try root.names().isEmpty)
  }

  private var picturePath: String { root.path + "/mistakes/test-00007.png" }

  @Test func whatIsNoPictureIsNotTaken() throws {
    for bytes in [[], Array("root:x:0:0".utf8), picture().dropLast(), picture() + [0]] {
      try folder.writeMistake(Array(bytes), of: .test, index: 7)
      #expect(throws: DamagedFileError(path: picturePath, reason: "it is no picture")) {
        try folder.mistake(of: .test, at: 7)
      }
    }
  }

  @Test func linksAreNotFollowed() throws {
    let path = picturePath
    try folder.writeMistake(picture(), of: .test, index: 8)
    for target in ["test-00008.png", "gone"] {
      #expect(symlink(target, path) == 0)
      #expect(throws: StorageError(.read, path, code: ELOOP, .link)) {
        try folder.mistake(of: .test, at: 7)
      }
      #expect(unlink(path) == 0)
    }
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: StorageError(.read, path, code: EINVAL, .special)) {
      try folder.mistake(of: .test, at: 7)
    }
  }

  @Test func aLinkInPlaceOfTheirFolderIsNotFollowed() throws {
    try folder.writeMistake(picture(), of: .test, index: 7)
    let pictures = root.path + "/mistakes"
    #expect(rename(pictures, root.path + "/elsewhere") == 0 && symlink("elsewhere", pictures) == 0)
    #expect(throws: StorageError(.read, pictures, code: ENOTDIR, .link)) {
      try folder.mistake(of: .test, at: 7)
    }
  }

  @Test func largePicturesAreNotTaken() throws {
    let most = (1 << 20) - picture().count
    try folder.writeMistake(picture([UInt8](repeating: 0, count: most)), of: .test, index: 7)
    #expect(try folder.mistake(of: .test, at: 7)?.count == 1 << 20)
    try folder.writeMistake(picture([UInt8](repeating: 0, count: most + 1)), of: .test, index: 7)
    #expect(throws: StorageError(.read, picturePath, code: EFBIG, .larger(than: 1 << 20))) {
      try folder.mistake(of: .test, at: 7)
    }
  }
}
