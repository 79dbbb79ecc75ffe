import Foundation
import Testing

/// Several processes share the runs of one sweep by '--missing'.
@Suite struct SharedSweepTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes([
      "name": "torture", "seeds": "0-2",
      "sweep":
        "{parameters: {optimizer.learning_rate: [0.001, 0.003, 0.01, 0.03], training.batch_size: [8, 16]}}",
    ])
  }

  @Test func everyCellIsCompletedOnceThoughOneProcessIsKilledHalfWay() throws {
    let usual = try place.exp("run stripes.yaml --threads 1 --output-dir alone")
    #expect(usual.code == 0, "\(usual.error)")
    let expected = try cells(in: "alone")
    #expect(expected.count == 24)

    let (first, second) = (try start(), try start())
    // However it ends, the rest is for the others.
    if first.wait(until: { completedCount >= 8 }) { first.send(SIGKILL) }
    _ = try first.ending()
    let other = try second.ending()
    #expect([0, 75].contains(other.code), "\(other.error)")
    let last = try start().ending()
    #expect(last.code == 0, "\(last.error)")

    // Who is killed after a run is complete has not tidied up.
    #expect(try place.exp("resume --all --output-dir shared").code == 0)

    let shared = try cells(in: "shared")
    #expect(Set(shared.keys) == Set(expected.keys))
    for (cell, folders) in shared {
      try #require(folders.count == 1, "\(cell) is in \(folders)")
      let alone = try #require(expected[cell]?.first)
      #expect(try place.json("\(folders[0])/run.json")["status"] as? String == "completed")
      let differences = try RunContents(of: "\(place.path)/\(folders[0])")
        .differences(from: RunContents(of: "\(place.path)/\(alone)"))
      #expect(differences.isEmpty, "\(cell)")
    }
  }

  private func start() throws -> Command {
    try place.start("run stripes.yaml --missing --threads 1 --output-dir shared")
  }

  private var completedCount: Int {
    place.runs(of: "torture", in: "shared").filter { place.exists("\($0)/results.json") }.count
  }

  /// The folders of each combination of spec and seed.
  private func cells(in root: String) throws -> [String: [String]] {
    try Dictionary(grouping: place.runs(of: "torture", in: root).filter { !$0.contains("/.") }) {
      let manifest = try place.json("\($0)/run.json")
      return "\(manifest["spec_hash"] ?? "") \(manifest["seed"] ?? "")"
    }
  }
}
