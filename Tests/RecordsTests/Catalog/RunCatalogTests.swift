import Files
import Foundation
import Records
import TemporaryFolders
import Testing

@Suite struct RunCatalogTests {
  private let runs: RunsExample
  private var root: TemporaryFolder { runs.root }

  init() throws { runs = try RunsExample() }

  @Test func runsAreFoundOldestFirst() throws {
    let second = try runs.addRun(seed: 1, started: 2_000_000)
    let first = try runs.addRun("other", seed: 5, started: 1_000_000)
    let catalog = RunCatalog(paths: [root.path])
    #expect(catalog.runs.map(\.folder) == [first, second])
    #expect(catalog.runs.map(\.results) == [.example, .example])
    #expect(catalog.problems.isEmpty)
  }

  @Test func aRunNamedTwiceCountsOnce() throws {
    let run = try runs.addRun()
    #expect(RunCatalog(paths: [root.path, run.path, root.path + "/."]).runs.count == 1)
  }

  @Test func aPathThatIsNotThereIsAProblem() {
    let path = root.path + "/none"
    #expect(
      RunCatalog(paths: [path]).problems == [
        RunProblem(path: path, reason: "cannot read '\(path)': No such file or directory")
      ])
  }

  @Test func unfinishedRunsHaveNoResults() throws {
    let folder = try runs.addRun()
    try folder.write(Manifest.example())
    let lease = try #require(try folder.takeLease())
    let run = try #require(RunCatalog(paths: [root.path]).runs.first)
    #expect(run.status == .running)
    #expect(run.results == nil)
    withExtendedLifetime(lease) {}
  }

  @Test func aRunThatNobodyHasLockedHasCrashed() throws {
    let folder = try runs.addRun()
    try folder.write(Manifest.example())
    #expect(RunCatalog(paths: [root.path]).runs.first?.status == .crashed)
    var lease = try folder.takeLease()
    #expect(RunCatalog(paths: [root.path]).runs.first?.status == .running)
    #expect(try folder.takeLease() == nil, "it has one process at a time")
    #expect(lease != nil)
    lease = nil
    #expect(RunCatalog(paths: [root.path]).runs.first?.status == .crashed)
  }

  @Test func argumentsArePathsOrPartsOfNames() throws {
    let first = try runs.addRun("mnist-mlp", seed: 0, started: 1_000_000)
    let second = try runs.addRun("mnist-cnn", seed: 0, started: 2_000_000)
    let third = try runs.addRun("mnist-cnn", seed: 1, started: 3_000_000)
    func folders(_ arguments: String...) throws -> [RunFolder] {
      try RunCatalog(arguments: arguments, root: root.path).runs.map(\.folder)
    }
    #expect(try folders() == [first, second, third])
    #expect(try folders(second.path) == [second])
    #expect(try folders(root.path + "/mnist-cnn") == [second, third])
    #expect(try folders("seed-0") == [first, second])
    #expect(try folders("mlp", "cnn", third.path) == [first, second, third])
    #expect(try folders("latest") == [third])
    #expect(throws: RunArgumentError.noMatch(argument: "vgg", root: root.path)) {
      try folders("mlp", "vgg")
    }
  }

  @Test func `runs are known in the order of the arguments, of each the oldest first`() throws {
    let first = try runs.addRun("mnist-mlp", seed: 0, started: 1_000_000)
    let second = try runs.addRun("mnist-cnn", seed: 0, started: 2_000_000)
    let third = try runs.addRun("mnist-cnn", seed: 1, started: 3_000_000)
    func folders(_ arguments: String...) throws -> [RunFolder] {
      try RunCatalog(arguments: arguments, root: root.path).runsAsNamed.map(\.folder)
    }
    #expect(try folders() == [first, second, third])
    #expect(try folders("cnn", "seed-0") == [second, third, first])
    #expect(try folders("latest", "mlp", "cnn") == [third, first, second])
  }

  @Test func `an empty argument does not name every run`() throws {
    try runs.addRun()
    #expect(throws: RunArgumentError.empty) { try RunCatalog(arguments: [""], root: root.path) }
  }

  @Test func aFolderWithoutRunsMatchesNothing() throws {
    try runs.addRun()
    let other = try TemporaryFolder()
    try Storage.createFolder(other.path + "/pictures")
    #expect(throws: RunArgumentError.noMatch(argument: other.path, root: root.path)) {
      try RunCatalog(arguments: [other.path], root: root.path)
    }
  }

  @Test func runsNamedAloneAreKnown() throws {
    let first = try runs.addRun("a", seed: 0, started: 1_000_000)
    let second = try runs.addRun("a", seed: 1, started: 2_000_000)
    let third = try runs.addRun("b", seed: 2, started: 3_000_000)
    func alone(_ arguments: String...) throws -> [RunFolder] {
      let catalog = try RunCatalog(arguments: arguments, root: root.path)
      return catalog.runs.filter(catalog.isNamedAlone).map(\.folder)
    }
    #expect(try alone() == [])
    #expect(try alone(root.path, "seed-") == [])
    #expect(try alone("/a/") == [])
    #expect(try alone("/a/", "seed-1", "latest") == [second, third])
    #expect(try alone(root.path + "/a", first.path + "/.") == [first])
  }

  @Test func anArgumentThatMatchesNothingIsNamed() throws {
    let run = try runs.addRun("mnist", seed: 0, started: 1_000_000)
    func text(_ argument: String, in folder: String) -> String {
      "\(RunArgumentError.noMatch(argument: argument, root: folder))"
    }
    let nothing = "it is no folder with runs, nor part of a run's name in '\(root.path)'"
    #expect(text("vgg", in: root.path) == "no run matches 'vgg': \(nothing)")
    #expect(
      text("mnits", in: root.path)
        == "no run matches 'mnits': \(nothing)\nhint: did you mean 'mnist'?")
    #expect(
      text(run.path(of: .manifest), in: root.path).hasSuffix("it is a file, and a run is a folder"))
    #expect(
      text("vgg", in: "none")
        == "no run matches 'vgg': there is no folder 'none'\nhint: '--output-dir' names the folder of all runs"
    )
  }

  @Test func ofManyRunsSomeAreShown() {
    let error = RunArgumentError.severalMatches(
      argument: "a", paths: (1...30).map { "runs/a/\($0)" })
    #expect("\(error)".contains("runs/a/20\n  and 10 more\nhint: name one by its folder"))
  }

  @Test func noRunsYetAreNoError() throws {
    let catalog = try RunCatalog(arguments: [], root: root.path + "/none")
    #expect(catalog.runs.isEmpty && catalog.problems.isEmpty)
  }

  @Test func `a run that was continued in a copy counts only if it is named alone`() throws {
    let old = try runs.addRun(seed: 0, started: 1_000_000)
    let copy = try runs.addRun(seed: 0, started: 2_000_000)
    try old.write(Manifest.example())
    let lease = try #require(try old.takeLease())
    lease.release(outcome: copy.name)
    #expect(old.successor == copy.name)
    #expect(copy.successor == nil)
    func folders(_ arguments: String...) throws -> [RunFolder] {
      try RunCatalog(arguments: arguments, root: root.path).withoutContinued.runs.map(\.folder)
    }
    #expect(try folders() == [copy])
    #expect(try folders("mnist") == [copy])
    #expect(try folders(old.path) == [old])
    #expect(try folders(root.path, old.path).contains(old))
    #expect(try RunCatalog.single("mnist", root: root.path).folder == copy)
    #expect(try RunCatalog.single(old.path, root: root.path).folder == old)
    // Its copy is gone.
    try Storage.removeTree(copy.path)
    #expect(try folders("mnist") == [old])
  }

  @Test func commandsThatTakeOneRunSayWhichThereAre() throws {
    let first = try runs.addRun(seed: 0, started: 1_000_000)
    let second = try runs.addRun(seed: 1, started: 2_000_000)
    #expect(try RunCatalog.single("seed-1", root: root.path).folder == second)
    let error = try #require(throws: RunArgumentError.self) {
      try RunCatalog.single("mnist", root: root.path)
    }
    #expect(
      "\(error)" == """
        'mnist' matches 2 runs, but one is wanted:
          \(first.path)
          \(second.path)
        hint: name one by its folder, or by more of it
        """)
    try second.write("{", to: .manifest)
    let damaged = try #require(throws: RunArgumentError.self) {
      try RunCatalog.single("seed-1", root: root.path)
    }
    #expect("\(damaged)" == "\(second.path): run.json is damaged: it is not complete JSON")
  }
}
