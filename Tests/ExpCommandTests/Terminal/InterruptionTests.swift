import ChildPrograms
import Foundation
import Testing

@Suite struct InterruptionTests {
  private let place: Workplace

  /// Long enough to be interrupted, however fast the machine.
  init() throws {
    place = try Workplace()
    try place.writeStripes([
      "training": "{epochs: 1000000, batch_size: 16}", "seeds": "0-2",
      "callbacks": "[{type: model_checkpoint, monitor: loss}]",
    ])
  }

  /// Users send the first three, schedulers the others before the time of a job is over.
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU])
  func theFirstSignalStopsAtTheNextBatch(signal: Int32) throws {
    let command = try place.start("run stripes.yaml")
    #expect(command.wait { weights != nil })
    command.send(signal)
    let ending = try command.ending()
    #expect(ending.code == 75)
    #expect(place.runs(of: "stripes").count == 1, "the other seeds do not start")
    #expect(ending.error.contains(": interrupted\n"))
    #expect(ending.error.contains("not run: 2 of 3 runs\n"))

    let run = try #require(place.runs(of: "stripes").first)
    let manifest = try place.json("\(run)/run.json")
    #expect(manifest["status"] as? String == "interrupted")
    #expect((manifest["failure"] as? [String: Any])?["epoch"] as? Int ?? 0 > 1)
    #expect(
      place.names(in: run) == [
        "history.csv", "log.txt", "origins.json", "resolved.yaml", "run.json", "spec.yaml", "state",
        "training_images.bin", "values.json", "weights.safetensors",
      ], "what was there stays, and nothing half-written with it")
    let list = try place.exp("list")
    #expect(list.output.contains("  interrupted  "))
    let comparison = try place.exp("compare")
    #expect(comparison.output.contains("seed 0 interrupted in epoch "))
    #expect(comparison.output.contains("stripes     0/1!"))
  }

  @Test func aSecondSignalEndsItAtOnce() throws {
    let command = try place.start("run stripes.yaml")
    #expect(command.wait { weights != nil })
    // Both wait until the stopped process goes on, so that it meets them before it can end itself.
    // The kernel delivers the last first: the handler of SIGINT is entered within that of SIGTERM.
    command.send(SIGSTOP)
    command.send(SIGINT)
    command.send(SIGTERM)
    command.send(SIGCONT)
    #expect([130, 143].contains(try command.ending().code))
  }

  /// A limit of CPU time sends its warning each second, and LSF sends several kinds, one after another.
  @Test func `the warnings of a scheduler end nothing at once, however many come`() throws {
    let command = try place.start("run stripes.yaml")
    #expect(command.wait { weights != nil })
    command.send(SIGSTOP)
    for signal in [SIGUSR1, SIGUSR2, SIGXCPU, SIGTERM] { command.send(signal) }
    command.send(SIGCONT)
    #expect(try command.ending().code == 75)
    #expect(try place.exp("list").output.contains("  interrupted  "))
  }

  /// A run outlives its terminal if it was told to.
  @Test func whatItWasStartedToIgnoreItIgnores() throws {
    var setting = Child.Setting()
    setting.directory = place.path
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(nothing) }
    setting.descriptors = [nothing, nothing, nothing]
    let child = try Child(
      "sh",
      ["sh", "-c", "trap '' HUP; exec \"$0\" run stripes.yaml", Command.program().path], setting)
    func waitForMore() throws {
      let length = try history?.count ?? 0
      while try history?.count ?? 0 <= length { try #require(try child.end() == nil) }
    }
    try waitForMore()
    child.send(SIGHUP)
    try waitForMore()
    try waitForMore()
    child.send(SIGINT)
    #expect(try child.waitForEnd() == .exited(status: 75))
  }

  private var history: String? {
    get throws {
      try place.runs(of: "stripes").first.map { "\($0)/history.csv" }.flatMap {
        place.exists($0) ? try place.text($0) : nil
      }
    }
  }

  private var weights: String? {
    place.runs(of: "stripes").first.map { "\($0)/weights.safetensors" }.flatMap {
      place.exists($0) ? $0 : nil
    }
  }
}
