import Files
import Glibc
import TemporaryFolders
import Testing

@Suite struct StorageExportTests {
  private let folder: TemporaryFolder
  private var file: String { folder.path + "/a.html" }

  init() throws { folder = try TemporaryFolder() }

  private func status(of path: String) -> stat {
    var status = stat()
    #expect(lstat(path, &status) == 0)
    return status
  }

  @Test func filesAreReplacedAndKeepTheirMode() throws {
    try Storage.export("a long text", to: file)
    #expect(chmod(file, 0o604) == 0)
    let old = status(of: file)
    try Storage.export("short", to: file)
    #expect(try Storage.readText(file) == "short")
    #expect(status(of: file).st_mode & 0o7777 == 0o604)
    #expect(status(of: file).st_ino != old.st_ino, "replaced as a whole")
    #expect(try folder.names() == ["a.html"])
  }

  @Test(arguments: [true, false])
  func linksStayAndLeadToIt(isThere: Bool) throws {
    let target = folder.path + "/there/b.html"
    try Storage.createFolder(folder.path + "/there")
    if isThere { try Storage.write("old and longer", to: target) }
    #expect(symlink("there/b.html", file) == 0)
    try Storage.export("new", to: file)
    #expect(status(of: file).st_mode & S_IFMT == S_IFLNK)
    #expect(try Storage.readText(target) == "new")
    #expect(try Folder(folder.path + "/there").names() == ["b.html"])
  }

  @Test func aPipeTakesTheText() throws {
    #expect(mkfifo(file, 0o600) == 0)
    let pipe = open(file, O_RDONLY | O_NONBLOCK)
    defer { close(pipe) }
    try Storage.export("through", to: file)
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(pipe, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "through")
    #expect(status(of: file).st_mode & S_IFMT == S_IFIFO)
    #expect(try folder.names() == ["a.html"])
  }

  @Test func aLinkToADeviceThatIsFullIsAnError() throws {
    #expect(symlink("/dev/full", file) == 0)
    #expect(throws: StorageError(.write, file, code: ENOSPC)) {
      try Storage.export("text", to: file)
    }
    #expect(status(of: "/dev/full").st_mode & S_IFMT == S_IFCHR)
    #expect(status(of: file).st_mode & S_IFMT == S_IFLNK)
  }

  @Test func aFolderIsAnError() throws {
    try Storage.createFolder(file)
    #expect(throws: StorageError(.write, file, code: EISDIR)) {
      try Storage.export("text", to: file)
    }
    #expect(try folder.names() == ["a.html"])
  }

  @Test func `several files are written all together`() throws {
    let (old, new) = (folder.path + "/old.py", folder.path + "/new.bin")
    try Storage.write("old and longer", to: old)
    #expect(chmod(old, 0o604) == 0)
    #expect(symlink("old.py", file) == 0)
    try Storage.export([(file, Array("text".utf8)), (new, Array("weights".utf8))])
    #expect(try Storage.readText(old) == "text")
    #expect(status(of: old).st_mode & 0o7777 == 0o604)
    #expect(status(of: file).st_mode & S_IFMT == S_IFLNK)
    #expect(try Storage.readText(new) == "weights")
    #expect(try folder.names().sorted() == ["a.html", "new.bin", "old.py"])
  }

  @Test(arguments: ["/dev/null", "missing/b", "folder", "dangling"])
  func `of several files none is written if one cannot be`(other: String) throws {
    try Storage.createFolder(folder.path + "/folder")
    #expect(symlink("nowhere", folder.path + "/dangling") == 0)
    try Storage.write("old", to: file)
    let path = other.hasPrefix("/") ? other : "\(folder.path)/\(other)"
    let error = #expect(throws: StorageError.self) {
      try Storage.export([(file, Array("new".utf8)), (path, Array("weights".utf8))])
    }
    #expect(error?.path == path)
    #expect(try Storage.readText(file) == "old")
    #expect(try folder.names().sorted() == ["a.html", "dangling", "folder"])
  }

  @Test func onlyWhatIsStandardOutputIsKnownAsThat() throws {
    try Storage.write("text", to: file)
    #expect(Storage.isStandardOutput("-"))
    #expect(Storage.isStandardOutput("/dev/stdout"))
    #expect(!Storage.isStandardOutput(file))
    #expect(!Storage.isStandardOutput(folder.path + "/none"))
  }
}
