import Files
import Foundation
import Records
import TemporaryFolders
import Testing

@Suite struct RunFolderTests {
  private let root: TemporaryFolder
  private let started = Timestamp(seconds: 1_795_377_966)

  init() throws { root = try TemporaryFolder() }

  private init(_ root: TemporaryFolder) { self.root = root }

  private func create(in path: String? = nil, variantMark: String? = nil, seed: Int) throws
    -> RunFolder
  {
    try RunFolder.create(
      in: path ?? root.path, experiment: "a", started: started, variantMark: variantMark,
      repetition: Repetition(seed: seed)
    ) { try $0.write("a: 1", to: .spec) }.folder
  }

  @Test func nameHasTimeAndSeed() throws {
    let folder = try create(seed: 7)
    #expect(folder.path == "\(root.path)/a/\(started.folderName)_seed-7")
    #expect(Storage.isFolder(folder.path))
  }

  @Test func theExperimentsOfASweepAreToldApart() throws {
    let folder = try create(variantMark: "3f9c0a", seed: 7)
    #expect(folder.name == "\(started.folderName)_3f9c0a_seed-7")
  }

  @Test func takenNamesGetACounter() throws {
    let names = try (0..<3).map { _ in
      try create(seed: 0).name
    }
    let name = "\(started.folderName)_seed-0"
    #expect(names == [name, name + "_2", name + "_3"])
  }

  @Test func noTwoRunsShareAFolder() async throws {
    let root = root
    let paths = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 {
        group.addTask { try RunFolderTests(root).create(seed: 0).path }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(paths.count == 20)
  }

  @Test func aRootThatCannotBeMadeIsAnError() throws {
    try Storage.write("text", to: root.path + "/runs")
    #expect(throws: StorageError(.create, root.path + "/runs", code: ENOTDIR)) {
      try create(in: root.path + "/runs", seed: 0)
    }
  }

  @Test func logLinesHaveTimes() throws {
    let folder = RunFolder(path: root.path)
    try folder.log("epoch 1")
    try folder.log("epoch 2")
    let lines = try Storage.readText(folder.path(of: .log)).split(separator: "\n")
    #expect(
      lines.map { $0.dropFirst("2026-11-22T20:06:06.000Z ".count) } == ["epoch 1", "epoch 2"])
    #expect(lines.allSatisfy { Timestamp(iso8601: String($0.prefix { $0 != " " })) != nil })
  }
}
