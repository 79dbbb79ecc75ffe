import Files
import Foundation
import Testing

/// A run folder of somebody else's may have a link anywhere: nothing outside of it is read, written or removed.
@Suite struct PlantedLinkTests {
  private let bench: TortureBench
  /// A run that was killed in the middle of training.
  private let stopped: Attempt

  init() throws {
    bench = try TortureBench()
    stopped = try bench.stoppedRun()
  }

  /// What a run may have, and this one has not yet.
  private static let later = [
    "mistakes", "weights.safetensors", "results.json", "predictions.csv", "trace.csv",
    "report.txt", "report.html",
  ]

  private static let selection = [
    "log.txt", "checkpoints", "mistakes", "state", "state/lease.1", "run.json", "report.html",
  ]

  @Test(arguments: ["resume --all --threads 1", "verify", "evaluate", "report -o page.html"])
  func nothingIsFollowedOutOfARunFolder(command: String) throws {
    let folder = "\(bench.place.path)/\(try #require(stopped.folder))"
    let present = try FileManager.default.subpathsOfDirectory(atPath: folder)
    for name in TortureBench.isLong ? present + Self.later : Self.selection {
      try expectNothingOutside(command, with: name)
      try expectNothingOutside(command, with: name, isDangling: true)
    }
  }

  /// Would it be followed, the command would find all as it should be.
  @Test(arguments: ["verify", "evaluate"])
  func aLinkToARightFileIsRefused(command: String) throws {
    let complete = Attempt(in: bench.place)
    try complete.run()
    let names = [
      "run.json", "resolved.yaml", "values.json", "results.json", "history.csv", "trace.csv",
      "predictions.csv", "weights.safetensors", "training_images.bin",
    ]
    for name in names {
      let attempt = try Attempt(like: complete)
      defer { attempt.remove() }
      let path = "\(bench.place.path)/\(try #require(attempt.folder))/\(name)"
      let target = "\(bench.place.path)/right-file"
      try FileManager.default.moveItem(atPath: path, toPath: target)
      defer { try? FileManager.default.removeItem(atPath: target) }
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
      let ending = try bench.place.exp("\(command) latest --output-dir \(attempt.name)")
      #expect(ending.code == 66, "\(command), \(name): \(ending.error)")
      #expect(
        ending.error.contains("it is a link, which is not followed"),
        "\(command), \(name): \(ending.error)")
    }
  }

  @Test func aResolvedSpecExtendsNothing() throws {
    let complete = Attempt(in: bench.place)
    try complete.run()
    let resolved = "\(try #require(complete.folder))/resolved.yaml"
    let text = try bench.place.text(resolved)
    try bench.place.write("secret: words\n", to: "outside.yaml")
    try bench.place.write("extends: \(bench.place.path)/outside.yaml\n" + text, to: resolved)
    let ending = try bench.place.exp("evaluate latest --output-dir \(complete.name)")
    #expect(ending.code == 65)
    #expect(ending.error.contains("resolved.yaml:1:10: error: this spec cannot extend others"))
    #expect(!ending.error.contains("secret"))
  }

  /// Puts a link in the place of `name`, which leads out of the run's folder to what was there, and gives `command`.
  ///
  /// - Parameter isDangling: true if there is nothing where the link leads.
  private func expectNothingOutside(
    _ command: String, with name: String, isDangling: Bool = false
  ) throws {
    let attempt = try Attempt(like: stopped)
    let outside = "\(bench.place.path)/outside"
    let files = FileManager.default
    defer {
      attempt.remove()
      try? files.removeItem(atPath: outside)
    }
    let path = "\(bench.place.path)/\(try #require(attempt.folder))/\(name)"
    try files.createDirectory(atPath: outside, withIntermediateDirectories: true)
    let target = "\(outside)/target"
    if files.fileExists(atPath: path) {
      try files.moveItem(atPath: path, toPath: target)
    } else if name.contains(".") {
      try Data("mine".utf8).write(to: URL(fileURLWithPath: target))
    } else {
      try files.createDirectory(atPath: target, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: target + "/mine"))
    }
    if isDangling { try files.removeItem(atPath: target) }
    try files.createSymbolicLink(atPath: path, withDestinationPath: target)

    let before = try RunContents(of: outside).files
    let ending = try bench.place.exp("\(command) --output-dir \(attempt.name)")
    #expect(ending.code < 128, "\(command), \(name): \(ending.error)")
    #expect(try RunContents(of: outside).files == before, "\(command), \(name): \(ending.error)")
  }
}
