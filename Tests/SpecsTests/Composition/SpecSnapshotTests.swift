import Diagnostics
import Foundation
import Specs
import Testing

@Suite struct SpecSnapshotTests {
  @Test func `a snapshot is read in place of files that have changed, or are gone`() throws {
    let folder = try Folder([
      "own/spec.yaml": "extends: [../a.yaml, ../b.yaml]\nz: 3\n",
      "a.yaml": "extends: b.yaml\ny: 2\n",
      "b.yaml": "x: 1\n",
    ])
    var diagnostics = Diagnostics()
    let path = "\(folder.path)/own/spec.yaml"
    let file = try #require(SpecFile.read(path, &diagnostics))
    let snapshot = SpecSnapshot(file.sources)
    try FileManager.default.removeItem(atPath: "\(folder.path)/a.yaml")
    try "x: 9\n".write(toFile: "\(folder.path)/b.yaml", atomically: true, encoding: .utf8)
    let frozen = try #require(SpecFile.read(path, from: snapshot, &diagnostics))
    #expect(json(frozen.tree) == json(file.tree))
    #expect(frozen.tree["x"]?.location.description == file.tree["x"]?.location.description)
    #expect(frozen.source.path == path)
    #expect(diagnostics.all.isEmpty)
    #expect(SpecFile.read("\(folder.path)/b.yaml", from: snapshot, &diagnostics) == nil)
    #expect(diagnostics.errorCount == 1, "named by another path, it is no file of the snapshot")
  }
}
