import Foundation
import Runs
import Testing

@Suite struct RunCatalogTests {
  private let root: TemporaryFolder

  init() throws { root = try TemporaryFolder() }

  /// A completed run.
  @discardableResult
  private func addRun(
    _ experiment: String = "mnist-baseline", seed: Int = 0, started: Int = 1_795_377_966
  ) throws -> RunFolder {
    let folder = try RunFolder.create(
      in: root.path, experiment: experiment, started: Timestamp(seconds: started), seed: seed)
    var manifest = Manifest.example(name: experiment, seed: seed, started: started)
    manifest.end(.completed)
    try folder.write(manifest)
    try folder.write(Results.example)
    return folder
  }

  private func truncate(_ file: RunFile, of folder: RunFolder) throws {
    try folder.write(Array(Storage.read(folder.path(of: file)).dropLast(20)), to: file)
  }

  @Test func runsAreFoundOldestFirst() throws {
    let second = try addRun(seed: 1, started: 2_000_000)
    let first = try addRun("other", seed: 5, started: 1_000_000)
    let catalog = RunCatalog(paths: [root.path])
    #expect(catalog.runs.map(\.folder) == [first, second])
    #expect(catalog.runs.map(\.results) == [.example, .example])
    #expect(catalog.problems.isEmpty)
  }

  @Test func aRunNamedTwiceCountsOnce() throws {
    let run = try addRun()
    #expect(RunCatalog(paths: [root.path, run.path, root.path + "/."]).runs.count == 1)
  }

  @Test func damagedRunsAreNamedWithTheReason() throws {
    let noManifest = try addRun("a")
    try FileManager.default.removeItem(atPath: noManifest.path(of: .manifest))
    let cutManifest = try addRun("b")
    try truncate(.manifest, of: cutManifest)
    let cutResults = try addRun("c")
    try truncate(.results, of: cutResults)
    let noResults = try addRun("d")
    try FileManager.default.removeItem(atPath: noResults.path(of: .results))
    let intact = try addRun("e")

    let catalog = RunCatalog(paths: [root.path])
    #expect(catalog.runs.map(\.folder) == [intact])
    #expect(
      catalog.problems == [
        RunProblem(path: noManifest.path, reason: "run.json is missing"),
        RunProblem(
          path: cutManifest.path, reason: "run.json is damaged: it is not complete JSON"),
        RunProblem(
          path: cutResults.path, reason: "results.json is damaged: it is not complete JSON"),
        RunProblem(path: noResults.path, reason: "results.json is missing"),
      ])
  }

  @Test func foreignFoldersAreSkipped() throws {
    try addRun()
    try Storage.createFolder(root.path + "/notes/pictures")
    try Storage.createFolder(root.path + "/2026-11-22_backup")
    try Storage.write("text", to: root.path + "/README")
    let catalog = RunCatalog(paths: [root.path])
    #expect(catalog.runs.count == 1)
    #expect(catalog.problems.isEmpty)
  }

  @Test func aPathThatIsNotThereIsAProblem() {
    let path = root.path + "/none"
    #expect(
      RunCatalog(paths: [path]).problems == [
        RunProblem(path: path, reason: "cannot read '\(path)': No such file or directory")
      ])
  }

  @Test func unfinishedRunsHaveNoResults() throws {
    let folder = try addRun()
    try folder.write(Manifest.example())
    let run = try #require(RunCatalog(paths: [root.path]).runs.first)
    #expect(run.status == .running)
    #expect(run.results == nil)
  }

  @Test func argumentsArePathsOrPartsOfNames() throws {
    let first = try addRun("mnist-mlp", seed: 0, started: 1_000_000)
    let second = try addRun("mnist-cnn", seed: 0, started: 2_000_000)
    let third = try addRun("mnist-cnn", seed: 1, started: 3_000_000)
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

  @Test func anArgumentThatMatchesNothingIsNamed() {
    #expect(
      "\(RunArgumentError.noMatch(argument: "vgg", root: "runs"))"
        == "no run matches 'vgg': it is no folder with runs, nor part of a run's name in 'runs'")
  }

  @Test func noRunsYetAreNoError() throws {
    let catalog = try RunCatalog(arguments: [], root: root.path + "/none")
    #expect(catalog.runs.isEmpty && catalog.problems.isEmpty)
  }

  @Test func commandsThatTakeOneRunSayWhichThereAre() throws {
    let first = try addRun(seed: 0, started: 1_000_000)
    let second = try addRun(seed: 1, started: 2_000_000)
    #expect(try RunCatalog.single("seed-1", root: root.path).folder == second)
    let error = try #require(throws: RunArgumentError.self) {
      try RunCatalog.single("mnist", root: root.path)
    }
    #expect(
      "\(error)" == """
        'mnist' matches 2 runs, but one is wanted:
          \(first.path)
          \(second.path)
        """)
    try truncate(.manifest, of: second)
    let damaged = try #require(throws: RunArgumentError.self) {
      try RunCatalog.single("seed-1", root: root.path)
    }
    #expect("\(damaged)" == "\(second.path): run.json is damaged: it is not complete JSON")
  }
}
