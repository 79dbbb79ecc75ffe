import Files
import Foundation
import Glibc
import Metrics
import Records
import Testing

@Suite struct DamagedFoldersTests {
  private let runs: RunsExample
  private let intact: RunFolder
  private let damaged: RunFolder

  init() throws {
    runs = try RunsExample()
    intact = try runs.addRun("a")
    damaged = try runs.addRun("b")
  }

  /// The one problem's reason; the other run is there.
  private func reason() -> String? {
    let catalog = RunCatalog(paths: [runs.root.path])
    #expect(catalog.runs.map(\.folder) == [intact])
    #expect(catalog.problems.map(\.path) == [damaged.path])
    return catalog.problems.first?.reason
  }

  @Test func empty() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: damaged.path) {
      try FileManager.default.removeItem(atPath: damaged.path + "/" + name)
    }
    #expect(reason() == "run.json is missing")
  }

  @Test(arguments: [RunFile.manifest, .results])
  func halfWritten(file: RunFile) throws {
    try damaged.write(Array(Storage.read(damaged.path(of: file)).dropLast(20)), to: file)
    #expect(reason() == "\(file.rawValue) is damaged: it is not complete JSON")
  }

  @Test(arguments: [RunFile.manifest, .results])
  func lost(file: RunFile) throws {
    try runs.remove(file, of: damaged)
    #expect(reason() == "\(file.rawValue) is missing")
  }

  @Test(arguments: [RunFile.manifest, .results])
  func afterAPowerCut(file: RunFile) throws {
    try damaged.write([UInt8](repeating: 0, count: 4096), to: file)
    #expect(reason() == "\(file.rawValue) is damaged: it is not complete JSON")
  }

  @Test func notText() throws {
    try runs.edit(.manifest, of: damaged, "ba89", "?")
    let bytes = try Storage.read(damaged.path(of: .manifest)).map { $0 == 0x3F ? 0xFF : $0 }
    try damaged.write(bytes, to: .manifest)
    #expect(reason() == "run.json is damaged: it is not UTF-8 text")
  }

  @Test func aFolderInPlaceOfAFile() throws {
    try runs.remove(.manifest, of: damaged)
    try Storage.createFolder(damaged.path(of: .manifest))
    #expect(reason() == "cannot read 'run.json': Is a directory")
  }

  @Test func aPipeInPlaceOfAFile() throws {
    try runs.remove(.results, of: damaged)
    #expect(mkfifo(damaged.path(of: .results), 0o666) == 0)
    #expect(reason() == "cannot read 'results.json': it is not a regular file")
  }

  @Test func aFileThatGrewBeyondMeasure() throws {
    #expect(truncate(damaged.path(of: .results), 1 << 40) == 0)
    #expect(reason() == "cannot read 'results.json': it has more than 16777216 bytes")
  }

  @Test(arguments: ["gone", "results.json", "history.csv", "/dev/zero"])
  func links(target: String) throws {
    try runs.remove(.results, of: damaged)
    #expect(symlink(target, damaged.path(of: .results)) == 0)
    #expect(reason() == "cannot read 'results.json': it is a link, which is not followed")
  }

  @Test func aLinkToAFolderThatIsGone() throws {
    try FileManager.default.removeItem(atPath: damaged.path)
    #expect(symlink("/nowhere/at/all", damaged.path) == 0)
    #expect(reason() == "it is a link to what is not there")
  }

  @Test func aLinkToItself() throws {
    try FileManager.default.removeItem(atPath: damaged.path)
    #expect(symlink(damaged.path, damaged.path) == 0)
    #expect(reason() == "cannot read '\(damaged.path)': Too many levels of symbolic links")
  }

  @Test func linksInACircleAreFollowedOnce() throws {
    #expect(symlink("..", runs.root.path + "/a/up") == 0)
    #expect(symlink(damaged.path, runs.root.path + "/again") == 0)
    let catalog = RunCatalog(paths: [runs.root.path])
    #expect(catalog.runs.count == 2)
    #expect(catalog.problems.isEmpty)
  }

  @Test func foreignFoldersWithFilesOfARun() throws {
    try FileManager.default.moveItem(atPath: damaged.path, toPath: runs.root.path + "/best")
    #expect(RunCatalog(paths: [runs.root.path]).runs.count == 2)
    for file in [RunFile.manifest, .values] {
      try runs.remove(file, of: RunFolder(path: runs.root.path + "/best"))
    }
    #expect(runs.reason(runs.root.path + "/best") == "run.json is missing")
  }

  @Test func otherFilesAreNoProblem() throws {
    try Storage.createFolder(runs.root.path + "/.git/objects")
    for path in ["/.DS_Store", "/README", "/a/notes.txt", "/.git/head"] {
      try Storage.write("text", to: runs.root.path + path)
    }
    let catalog = RunCatalog(paths: [runs.root.path])
    #expect(catalog.runs.count == 2)
    #expect(catalog.problems.isEmpty && catalog.strays.isEmpty)
  }

  @Test func foldersWithoutRunsAreNamed() throws {
    let root = runs.root.path
    for path in ["/none", "/notes/pictures/small", "/a/empty", "/.hidden/empty"] {
      try Storage.createFolder(root + path)
    }
    try Storage.write("text", to: root + "/notes/log.txt")
    let catalog = RunCatalog(paths: [root])
    #expect(catalog.runs.count == 2)
    #expect(
      Set(catalog.strays.map(\.description)) == [
        "\(root)/none: it is empty", "\(root)/notes: there is no run in it",
        "\(root)/a/empty: it is empty",
      ])
    #expect(try RunCatalog(arguments: [], root: root).strays.count == 3)
    #expect(try RunCatalog(arguments: [root + "/a"], root: root).strays.count == 1)
    #expect(RunCatalog(paths: [root + "/none"]).strays.isEmpty, "it was asked for")
  }

  @Test(arguments: [
    ("\"train_seconds\": 4.5", "\"train_seconds\": -1", "'train_seconds' cannot be -1"),
    ("\"train_seconds\": 4.5", "\"train_seconds\": \"nan\"", "'train_seconds' cannot be nan"),
    ("_second\": 36000", "_second\": -1e3, \"was\": 36000", "'images_per_second' cannot be -1e3"),
    ("\"epochs\": 3", "\"epochs\": -3", "'epochs' cannot be -3"),
    ("\"weights_epoch\": 2", "\"weights_epoch\": -2", "'weights_epoch' cannot be -2"),
  ])
  func resultsThatCannotBe(old: String, new: String, reason: String) throws {
    try runs.edit(.results, of: damaged, old, new)
    #expect(self.reason() == "results.json is damaged: \(reason)")
  }

  @Test(arguments: [RunFile.history, .predictions])
  func tablesThatGrewBeyondMeasure(file: RunFile) throws {
    try intact.write("", to: file)
    #expect(truncate(intact.path(of: file), 1 << 40) == 0)
    let refusal = StorageError(
      .read, intact.path(of: file), code: EFBIG, .larger(than: file.limit))
    #expect(throws: refusal) {
      if file == .history { _ = try intact.history() } else { _ = try intact.predictions() }
    }
  }

  @Test func valuesThatGrewBeyondMeasure() throws {
    #expect(truncate(damaged.path(of: .values), 1 << 40) == 0)
    let refusal = StorageError(
      .read, damaged.path(of: .values), code: EFBIG, .larger(than: RunFile.values.limit))
    #expect(throws: refusal) { try damaged.values() }
  }

  @Test(arguments: [
    ("train_seconds", "'train_seconds' is missing"), ("test", "it has no scores"),
    ("loss", "'test.loss' is missing"), ("confusion_matrix", "'test.confusion_matrix' is missing"),
  ])
  func resultsOfAnotherVersion(key: String, reason: String) throws {
    try runs.edit(.results, of: damaged, "\"\(key)\":", "\"\(key)_of_old\":")
    #expect(self.reason() == "results.json is damaged: \(reason)")
  }

  @Test func scoresThatAnOlderVersionDidNotHaveAreComputed() throws {
    for key in ["f1_macro", "recall_macro", "per_class"] {
      try runs.edit(.results, of: damaged, "\"\(key)\":", "\"\(key)_of_old\":")
    }
    let read = RunCatalog(paths: [damaged.path]).runs
    let scores = try #require(read.first?.results?.test)
    #expect(Metric.f1Macro.value(in: scores) == Scores.example.f1Macro)
    #expect(scores.perClass == Scores.example.perClass)
    #expect(!scores.measured.contains(.f1Macro))
  }

  @Test(arguments: [
    ("[[1, 0], [1, 1]]", "[[1, 0], [1]]", "has to be square"),
    ("[[1, 0], [1, 1]]", "[[1, 0, 1], [1]]", "has to be square"),
    ("[[1, 0], [1, 1]]", "[]", "has to be square"),
    ("[[1, 0], [1, 1]]", "[[-1, 0], [1, 1]]", "has counts below 0 or too large"),
    ("[[1, 0], [1, 1]]", "[[1, 0], [1, 9007199254740993]]", "has counts below 0 or too large"),
  ])
  func countsThatCannotBe(old: String, new: String, reason: String) throws {
    try runs.edit(.results, of: damaged, old, new)
    #expect(self.reason() == "results.json is damaged: 'test.confusion_matrix' \(reason)")
  }

  @Test func aMatrixThatWouldNotFitIntoAnyMemory() throws {
    let rows = Array(repeating: "0", count: 200_000).joined(separator: ", ")
    try runs.edit(.results, of: damaged, "[[1, 0], [1, 1]]", "[\(rows)]")
    #expect(
      reason() == "results.json is damaged: 'test.confusion_matrix.0' has the wrong type")
  }

  @Test func resultsOfAnotherRun() throws {
    try runs.edit(.results, of: damaged, "[[1, 0], [1, 1]]", "[[1, 0, 0], [1, 1, 0], [0, 0, 1]]")
    #expect(reason() == "results.json is damaged: it has 3 classes, the run 2")
  }

  @Test func `scores of more images than the run has`() throws {
    try runs.edit(.results, of: damaged, "[[1, 0], [1, 1]]", "[[501, 0], [1, 1]]")
    #expect(
      reason()
        == "results.json is damaged: its confusion matrix counts 503 test images, the run 3")
  }

  @Test(arguments: [
    (#""seed": 0"#, #""seed": "0""#, "'seed' has the wrong type"),
    (#""seed": 0"#, #""seed": 0.5"#, "'seed' has the wrong type"),
    (#""seed": 0"#, #""seed": 99999999999999999999"#, "'seed' is too large"),
    (#""seed": 0"#, #""seed": 1000000000000001"#, "'seed' is too large"),
    (#""seed": 0"#, #""seed": -1000000000000001"#, "'seed' is too large"),
    (#""seed": 0"#, #""seed": null"#, "'seed' is null"),
    (#""seed": 0"#, #""seed": -1"#, "'seed' cannot be -1"),
    (#""varied": []"#, #""varied": 1"#, "'varied' has the wrong type"),
    (#""status": "completed""#, #""status": "paused""#, "'status' cannot be 'paused'"),
    (#""pixels": "ba89""#, #""md5": "ba89""#, "'data.contents.0.pixels' is missing"),
    (#""part": "test""#, #""part": "all""#, "'data.contents.2.part' cannot be 'all'"),
    (#"[28, 28, 1]"#, #"[28, "28", 1]"#, "'data.image_shape.1' has the wrong type"),
    ("2026-11-22T", "22.11.2026 ", "'started' is not a time such as 2026-11-22T20:06:06.042Z"),
  ])
  func valuesThatCannotBe(old: String, new: String, reason: String) throws {
    try runs.edit(.manifest, of: damaged, old, new)
    #expect(self.reason() == "run.json is damaged: \(reason)")
  }

  @Test func anotherFormat() throws {
    try runs.edit(.manifest, of: damaged, #""format": 7"#, #""format": 8"#)
    #expect(
      reason()
        == "'run.json' was written by a newer exp: it has format 8, this exp reads format 7; read it with that one"
    )
    try runs.edit(.manifest, of: damaged, #""format": 8"#, #""format": 1"#)
    #expect(
      reason()
        == "'run.json' was written by an older exp: it has format 1, this exp reads format 7; "
        + "run its spec.yaml again, or read it with that one")
  }
}
