import Files
import Foundation
import Glibc
import Records
import Testing

@Suite struct RunIndexTests {
  private let runs: RunsExample
  /// Everything goes into the index at once, even if it was written just now.
  private static let eager = IndexPolicy(fewest: 1, settling: -60_000_000_000)

  init() throws { runs = try RunsExample() }

  private var folder: String { runs.root.path + "/.index" }
  private static let files = ["run.json", "results.json", "values.json"]

  /// The runs, problems and values in a catalog.
  private struct Content: Equatable {
    let runs: [RunRecord]
    let problems: Set<RunProblem>
    let values: [RunValues?]

    init(_ catalog: RunCatalog) {
      (runs, problems) = (catalog.runs, Set(catalog.problems))
      values = catalog.runs.map(catalog.values)
    }
  }

  private func indexed(_ policy: IndexPolicy = Self.eager) throws -> Content {
    // Changes in one tick of the file system's clock cannot be seen; in earnest the policy keeps clear of them.
    usleep(12_000)
    return Content(try RunCatalog(arguments: [], root: runs.root.path, policy))
  }

  private func plain() -> Content { Content(RunCatalog(paths: [runs.root.path])) }

  private func addRuns() throws {
    for seed in 0..<3 { try runs.addRun(seed: seed) }
    let running = try runs.addRun("running")
    try running.write(Manifest.example(name: "running"))
  }

  @Test func whatIsInItIsNotReadAgain() throws {
    try addRuns()
    let before = try indexed()
    let bytes = try Self.files.map { try Storage.read("\(folder)/\($0)") }
    #expect(try indexed() == before)
    #expect(try Self.files.map { try Storage.read("\(folder)/\($0)") } == bytes)

    // Only the index says this, so it can come from nowhere else.
    let known = try #require(FileIndexFormat.extracts(in: bytes[0]))
    let changed = known.map { stamp, range in
      let text = String(decoding: bytes[0][range], as: UTF8.self)
      return (stamp: stamp, extract: Array(text.replacing("mnist", with: "MNIST").utf8)[...])
    }
    try Storage.write(#require(FileIndexFormat.bytes(of: changed)), to: folder + "/run.json")
    #expect(try indexed().runs.filter { $0.name == "MNIST-baseline" }.count == 3)
  }

  @Test func itIsNoRunAndCanBeDeleted() throws {
    try addRuns()
    let before = try indexed()
    #expect(try indexed() == before)
    try FileManager.default.removeItem(atPath: folder)
    #expect(try indexed() == before)
  }

  @Test func fewRunsNeedNone() throws {
    try addRuns()
    _ = try indexed(IndexPolicy(settling: -60_000_000_000))
    #expect(!Storage.exists(folder))
  }

  @Test func whatHasJustChangedIsNotTrusted() throws {
    try addRuns()
    #expect(try indexed(IndexPolicy(fewest: 1)) == plain())
    #expect(!Storage.exists(folder))
  }

  /// Gives the files of all runs the time that is `seconds` after now.
  private func date(_ seconds: Double) throws {
    for run in plain().runs {
      for name in Self.files where Storage.exists("\(run.folder.path)/\(name)") {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: seconds)],
          ofItemAtPath: "\(run.folder.path)/\(name)")
      }
    }
  }

  /// Changes one letter of a run's name; the file stays as long as it was.
  private func rename(_ old: String, _ new: String) throws {
    let path = try #require(plain().runs.first).folder.path(of: .manifest)
    let text = try Storage.readText(path)
    #expect(text.contains("\"\(old)\""))
    try Storage.write(text.replacing("\"\(old)\"", with: "\"\(new)\""), to: path)
  }

  /// Whoever wrote them had a clock that is ahead, or this one was set back.
  @Test func filesFromTheFutureAreReadEachTime() throws {
    try addRuns()
    try date(3600)
    #expect(try indexed() == plain())
    #expect(!Storage.exists(folder))
    try rename("mnist-baseline", "mnist-basalina")
    try date(3600)
    #expect(try indexed() == plain())
    #expect(try indexed().runs.contains { $0.name == "mnist-basalina" })
  }

  @Test func whatChangedAfterTheClockWasSetBackIsReadAgain() throws {
    try addRuns()
    _ = try indexed()
    try rename("mnist-baseline", "mnist-basalina")
    try date(-86400)
    #expect(try indexed() == plain())
    #expect(try indexed().runs.contains { $0.name == "mnist-basalina" })
  }

  @Test func aFolderThatCannotHaveOneNeedsNone() throws {
    try addRuns()
    try Storage.write("in the way", to: folder)
    #expect(try indexed() == plain())
  }

  /// A run's folder in its place must not become one.
  @Test func aLinkToAFolderIsNone() throws {
    try addRuns()
    let run = try #require(plain().runs.first).folder
    let files = try [RunFile.manifest, .results, .values].map {
      try Storage.read(run.path(of: $0))
    }
    #expect(symlink(run.path, folder) == 0)
    #expect(try indexed() == plain())
    #expect(
      try [RunFile.manifest, .results, .values].map { try Storage.read(run.path(of: $0)) }
        == files)
  }

  @Test func whatIsNoFileIsNeitherReadNorReplaced() throws {
    try addRuns()
    let before = try indexed()
    for (name, target) in zip(Self.files, ["/dev/zero", "../outside", "results.json"]) {
      let path = "\(folder)/\(name)"
      #expect(unlink(path) == 0 && symlink(target, path) == 0)
    }
    try Storage.write("outside", to: runs.root.path + "/outside")
    #expect(try indexed() == before)
    for name in Self.files {
      var status = stat()
      #expect(lstat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }
    #expect(try Storage.readText(runs.root.path + "/outside") == "outside")
  }

  @Test func theLatestIsReadOnceAndKept() throws {
    try addRuns()
    let before = try indexed()
    let bytes = try Self.files.prefix(2).map { try Storage.read("\(folder)/\($0)") }
    for name in Self.files { #expect(unlink("\(folder)/\(name)") == 0) }
    let latest = try RunCatalog(arguments: ["latest", "latest"], root: runs.root.path, Self.eager)
    #expect(latest.runs == before.runs.suffix(1))
    let counts = try Self.files.prefix(2).map { try Storage.read("\(folder)/\($0)").count }
    #expect(counts == bytes.map(\.count))
  }

  @Test func whereAPartIsAskedForTheWholeIsKept() throws {
    try addRuns()
    let before = try indexed()
    let bytes = try Storage.read(folder + "/run.json")
    let part = try RunCatalog(arguments: ["seed-1"], root: runs.root.path, Self.eager)
    #expect(part.runs == before.runs.filter { $0.seed == 1 })
    #expect(try Storage.read(folder + "/run.json") == bytes)
  }

  @Test func whatIsGoneIsForgotten() throws {
    try addRuns()
    _ = try indexed()
    let size = try Storage.read(folder + "/run.json").count
    for seed in 0..<3 {
      try FileManager.default.removeItem(
        atPath:
          "\(runs.root.path)/mnist-baseline/\(Timestamp(seconds: 1_795_377_966).folderName)_seed-\(seed)"
      )
    }
    #expect(try indexed() == plain())
    #expect(try Storage.read(folder + "/run.json").count < size / 2)
  }

  @Test func damagedIndexesAreMadeAnew() throws {
    try addRuns()
    let before = try indexed()
    var state: UInt64 = 4
    for name in Self.files {
      let path = "\(folder)/\(name)"
      let intact = try Storage.read(path)
      var versions: [[UInt8]] = [
        [], Array("not an index".utf8), Array(intact.dropLast()), intact + [0],
      ]
      for count in stride(from: 0, to: intact.count, by: 13) {
        versions.append(Array(intact[..<count]))
        var changed = intact
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        changed[count] ^= UInt8(1 + (state >> 33) % 255)
        versions.append(changed)
      }
      for (number, version) in versions.enumerated() {
        try Storage.write(version, to: path)
        let content = Content(try RunCatalog(arguments: [], root: runs.root.path, Self.eager))
        #expect(content == before, "\(name), version \(number)")
        #expect(try Storage.read(path).count == intact.count, "\(name), version \(number)")
      }
    }
  }

  @Test func anIndexThatGrewBeyondMeasureIsMadeAnew() throws {
    try addRuns()
    let before = try indexed()
    let path = "\(folder)/run.json"
    let intact = try Storage.read(path)
    #expect(truncate(path, 1 << 40) == 0)
    #expect(try indexed() == before)
    #expect(try Storage.read(path).count == intact.count)
  }

  @Test func anotherProgramsIndexIsMadeAnew() throws {
    try addRuns()
    let before = try indexed()
    let path = "\(folder)/run.json"
    let ours = try Storage.read(path)
    var theirs = ours
    theirs[8] ^= 1
    try Storage.write(theirs, to: path)
    #expect(try indexed() == before)
    #expect(try Storage.read(path).prefix(48) == ours.prefix(48))
  }

  /// Whatever is done to the folders by hand, with an index the same is found as without.
  @Test(arguments: 0..<12)
  func itIsNeverWrong(seed: UInt64) throws {
    var hands = Hands(runs: runs, seed: seed)
    for number in 0..<6 {
      try runs.addRun("e\(number % 2)", seed: number, started: 1_000_000 + number)
    }
    _ = try indexed()
    for _ in 0..<40 {
      let deed = try hands.doSomething()
      #expect(try indexed() == plain(), "after \(deed)")
    }
  }
}
