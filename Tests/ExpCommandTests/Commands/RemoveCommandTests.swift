import Foundation
import TemporaryFolders
import Testing

/// `exp rm`, as a user runs it.
@Suite struct RemoveCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes([
      "seeds": "0-1", "callbacks": "[{type: model_checkpoint, max_to_keep: 2}]",
    ])
    try #require(try place.exp("run stripes.yaml --quiet").code == 0)
  }

  private var runs: [String] { place.runs(of: "stripes") }

  @Test func withoutAnAnswerNothingGoes() throws {
    let before = runs
    let ending = try place.exp("rm stripes")
    #expect(ending.code == 64)
    #expect(before.allSatisfy(ending.output.contains), "it shows what would go")
    #expect(ending.error.contains("nobody is here to say whether to remove 2 runs, "))
    #expect(ending.error.contains("hint: '--yes' removes them\n"))
    #expect(runs == before)
  }

  /// Runs `exp rm stripes` on a terminal, where somebody types `answer`.
  private func removal(answering answer: String) throws -> Ending {
    let program = try Command.program().path
    return try Command(
      ["-c", "printf '\(answer)\\n' | script -qec '\(program) rm stripes' /dev/null"],
      of: "/bin/sh", in: place.path, environment: ["TERM": "xterm"]
    ).ending()
  }

  @Test(arguments: ["", "n", "no", "runs"])
  func whoeverDoesNotSayYesKeepsThem(answer: String) throws {
    let ending = try removal(answering: answer)
    #expect(ending.code == 0)
    #expect(ending.output.contains("Remove 2 runs, ") && ending.output.contains("[y/N]"))
    #expect(ending.output.contains("nothing was removed"))
    #expect(runs.count == 2)
  }

  @Test(arguments: ["y", "Yes"])
  func whoeverSaysYesRemovesThem(answer: String) throws {
    let ending = try removal(answering: answer)
    #expect(ending.code == 0)
    #expect(ending.output.contains("removed 2 runs, "))
    #expect(runs == [])
  }

  @Test func theRestOfARemovalThatWasKilledGoesWithTheNext() throws {
    try place.write("rest", to: "runs/stripes/.removed-1/weights.safetensors")
    #expect(try place.exp("rm stripes --yes").code == 0)
    #expect(!place.exists("runs/stripes"))
  }

  @Test func `so does what a process left that was killed while it began a run, and no other's`()
    throws
  {
    for (name, isOver) in [("1", true), ("2", false)] {
      try place.write("rest", to: "runs/stripes/.new-\(name)/state/rest")
      try writeForeignLease(
        "\(place.path)/runs/stripes/.new-\(name)/state/lease.1", age: 0,
        outcome: isOver ? "none" : nil)
    }
    #expect(try place.exp("rm stripes --yes").code == 0)
    #expect(place.names(in: "runs/stripes") == [".new-2"])
  }

  @Test func whatIsRemovedIsMissingAgain() throws {
    let stays = runs[1]
    let ending = try place.exp("rm seed-0 --yes")
    #expect(ending.code == 0 && ending.error == "")
    #expect(ending.output.hasPrefix("removed 1 run, "))
    #expect(runs == [stays])
    #expect(place.names(in: "runs/stripes") == [place.name(of: stays)], "no hidden rest either")
    #expect(try place.exp("run stripes.yaml --missing --quiet").code == 0)
    #expect(runs.count == 2 && runs.contains(stays))
  }

  @Test func checkpointsAloneGo() throws {
    let checkpoints = "\(runs[0])/checkpoints"
    try #require(place.names(in: checkpoints).count == 2)
    let ending = try place.exp("rm latest seed-0 --checkpoints --yes")
    #expect(ending.code == 0)
    #expect(ending.output.hasPrefix("removed the checkpoints of 2 runs, "))
    #expect(place.names(in: checkpoints) == [] && !place.exists("\(runs[1])/checkpoints"))
    #expect(!place.exists("\(runs[0])/state"), "it is tidy still")
    #expect(try place.exp("evaluate stripes").code == 0, "all else is as it was")
  }

  @Test func anExperimentWithoutRunsLeavesNothing() throws {
    #expect(try place.exp("rm stripes --yes").code == 0)
    #expect(!place.exists("runs/stripes"))
    #expect(try place.exp("list").output == "no runs\n")
  }

  @Test func whatIsRunningStays() throws {
    try place.writeStripes(["name": "long", "training": "{epochs: 1000000, batch_size: 16}"])
    let command = try place.start("run stripes.yaml")
    // Until its files are there it has a hidden name.
    func name() -> String? { place.names(in: "runs/long").first { !$0.hasPrefix(".") } }
    #expect(command.wait { name() != nil })
    let run = "runs/long/\(try #require(name()))"
    let ending = try place.exp("rm runs --yes")
    #expect(ending.code == 74)
    #expect(ending.error.hasPrefix("error: '\(run)' is running, or nobody"))
    #expect(runs.count == 2, "nothing else went before that was seen")
    command.send(SIGINT)
    #expect(try command.ending().code == 75)
    #expect(try place.exp("rm long --yes").code == 0)
  }

  /// A folder that is no run, or a damaged one, is left to its owner.
  @Test func whatCannotBeReadStays() throws {
    try place.write("{", to: "\(runs[0])/run.json")
    let ending = try place.exp("rm stripes --yes")
    #expect(ending.code == 66)
    #expect(ending.error.contains("run.json is damaged"))
    #expect(runs.count == 2)
  }
}

extension Workplace {
  fileprivate func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
