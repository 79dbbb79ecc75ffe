import Foundation
import Testing

/// Somebody removes files of a run that is being trained.
@Suite struct LostFilesTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes(["training": "{epochs: 1000000, batch_size: 16}"])
  }

  /// What is gone before training ends is not complete when it does.
  @Test(arguments: ["resolved.yaml", "run.json", "values.json"])
  func `a run that loses its files does not end as if nothing had been`(file: String) throws {
    let command = try place.start("run stripes.yaml")
    #expect(command.wait { hasState })
    let run = try #require(place.runs(of: "stripes").first)
    try FileManager.default.removeItem(atPath: "\(place.path)/\(run)/\(file)")
    let ending = try command.ending()
    #expect(ending.code == 74)
    #expect(ending.error.contains("its folder has lost \(file): "), "\(ending.error)")
  }

  @Test func `nor does one whose folder is removed`() throws {
    let command = try place.start("run stripes.yaml")
    #expect(command.wait { hasState })
    let run = try #require(place.runs(of: "stripes").first)
    // Again and again, since the run goes on writing into it.
    let folder = "\(place.path)/\(run)"
    for _ in 1...10_000 where FileManager.default.fileExists(atPath: folder) {
      try? FileManager.default.removeItem(atPath: folder)
    }
    let ending = try command.ending()
    #expect(ending.code == 74)
    #expect(ending.error.contains("error: \(run)"), "\(ending.error)")
  }

  private var hasState: Bool {
    place.runs(of: "stripes").first.map {
      place.names(in: "\($0)/state").contains { $0.hasSuffix(".safetensors") }
    } ?? false
  }
}
