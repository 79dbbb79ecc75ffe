import Testing

/// What the others rely on, and what no test can try without cutting the power.
@Suite struct FaultPointTests {
  private let bench: TortureBench

  init() throws { bench = try TortureBench() }

  @Test func everyFileOfARunComesFromCallsThatAreWatched() {
    let written = Set(bench.points.map(\.fileName))
    for file in bench.expected.files.keys where !file.hasSuffix("/") {
      #expect(written.contains(file.split(separator: "/").last.map(String.init) ?? file), "\(file)")
    }
  }

  @Test func bytesAreOnTheDiskBeforeTheyGetTheirNameAndTheNameRightAfter() throws {
    let renames = bench.points.filter { $0.call == "rename" && $0.role != "the run's folder" }
    #expect(renames.count > 20)
    for rename in renames {
      let place = rename.number - 1
      let before = bench.points[..<place].suffix(4)
      #expect(before.map(\.call) == ["open", "write", "fsync", "close"], "\(rename)")
      #expect(before.allSatisfy { $0.role == rename.role }, "\(rename)")
      let after = try #require(bench.points[(place + 1)...].first)
      #expect(after.call == "fsync", "\(rename)")
      #expect(rename.path.hasPrefix(after.path + "/"), "\(rename)")
    }
  }
}
