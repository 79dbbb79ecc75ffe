import Foundation
import Records
import Testing

@Suite struct RunSessionJobsTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  /// Writes a spec of three seeds, long enough that something can happen while they train.
  private func write(epochs: Int = 100, _ changes: [String: String] = [:]) throws {
    try place.writeStripes(
      ["seeds": "0-2", "training": "{epochs: \(epochs), batch_size: 16}"]
        .merging(changes) { $1 })
  }

  @Test(arguments: [1, 2, 3])
  func runsAreTheSameInProcessesOfTheirOwn(jobs: Int) throws {
    try write(epochs: 3)
    #expect(try place.exp("run stripes.yaml --output-dir one").code == 0)
    let ending = try place.exp("run stripes.yaml --output-dir own --jobs \(jobs) --threads 2")
    #expect(ending.code == 0, "\(ending.error)")
    try expectSameResults("one", "own")
    let runs = place.runs(of: "stripes", in: "own")
    #expect(
      place.names(in: runs[0]).filter { $0 != "mistakes" }
        == place.names(in: place.runs(of: "stripes", in: "one")[0]).filter { $0 != "mistakes" })
    let manifests = try runs.map { try place.json("\($0)/run.json") }
    #expect(Set(manifests.compactMap(process)).count == 3)
    #expect(
      manifests.allSatisfy {
        ($0["machine"] as? [String: Any])?["threads"] as? Int == max(1, 2 / jobs)
          && ($0["command"] as? [String])?.dropFirst().first == "run"
          && ($0["resumptions"] as? [Any])?.isEmpty ?? true
      })
    for seed in 0...2 {
      #expect(ending.error.contains("seed \(seed): epoch 3/3  "))
      #expect(ending.error.contains("seed \(seed): completed  val_accuracy "))
      #expect(ending.output.contains("   \(seed)  completed"))
    }
  }

  @Test func quietLeavesOnlyTheResults() throws {
    try write(epochs: 2)
    let ending = try place.exp("run stripes.yaml --jobs 2 --quiet")
    #expect(ending.error == "")
    #expect(ending.output.contains("   2  completed"))
  }

  @Test func aKilledRunHarmsNoOtherAndCanBeResumed() throws {
    try write()
    let command = try place.start("run stripes.yaml --jobs 3")
    #expect(command.wait { haveSavedState().count == 3 })
    let victim = try #require(place.runs(of: "stripes").first { $0.hasSuffix("seed-1") })
    kill(pid_t(try #require(process(try place.json("\(victim)/run.json")))), SIGKILL)
    let ending = try command.ending()
    #expect(ending.code == 1)
    #expect(
      ending.error.contains(
        "error: \(victim): seed 1: its process was ended by signal 9 (Killed)"))
    for line in ["   0  completed", "   1  crashed", "   2  completed"] {
      #expect(ending.output.contains(line))
    }
    #expect(try place.exp("list").output.contains("  crashed  "))
    #expect(try place.exp("resume --all").code == 0)
    #expect(try place.json("\(victim)/run.json")["status"] as? String == "completed")
  }

  @Test func afterTheEndOfTheParentItsChildrenSaveTheirStatesAndEnd() throws {
    try write()
    #expect(try place.exp("run stripes.yaml --output-dir undisturbed --jobs 2").code == 0)
    let command = try place.start("run stripes.yaml --jobs 3")
    #expect(command.wait { haveSavedState().count == 3 })
    command.send(SIGKILL)
    #expect(try command.ending().code == 128 + SIGKILL)
    let deadline = ContinuousClock.now + .seconds(60)
    while place.runs(of: "stripes").contains(where: { RunFolder(path: path($0)).isHeld }),
      ContinuousClock.now < deadline
    {
      usleep(10_000)
    }
    for run in place.runs(of: "stripes") {
      #expect(try place.json("\(run)/run.json")["status"] as? String == "interrupted")
    }
    let resumed = try place.exp("resume --all")
    #expect(resumed.code == 0, "\(resumed.error)")
    try expectSameResults("undisturbed", "runs")
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGUSR1])
  func aSignalStopsAllOfThem(signal: Int32) throws {
    try write(epochs: 1_000_000)
    let command = try place.start("run stripes.yaml --jobs 2")
    #expect(command.wait { haveSavedState().count == 2 })
    command.send(signal)
    let ending = try command.ending()
    #expect(ending.code == 75)
    #expect(place.runs(of: "stripes").count == 2, "the third does not begin")
    #expect(haveSavedState().count == 2)
    for seed in 0...1 {
      #expect(ending.output.contains("   \(seed)  interrupted"))
    }
    #expect(
      ending.error.hasSuffix(
        "not run: 1 of 3 runs\nnext: the same command with '--missing', which does what is left\n"))
  }

  /// What Ctrl-Z sends reaches the command alone.
  @Test func `runs stop with the command that a user stops, and go on with it`() throws {
    try write(epochs: 1_000_000)
    let command = try place.start("run stripes.yaml --jobs 2", isInOwnGroup: true)
    #expect(command.wait { haveSavedState().count == 2 })
    let runs = try place.runs(of: "stripes").map { try place.json("\($0)/run.json") }
      .compactMap(process)
    let processes = try runs + [parent(of: try #require(runs.first))]
    #expect(processes.count == 3)
    func wait(until areStopped: Bool) throws {
      let deadline = ContinuousClock.now + .seconds(60)
      #expect(
        command.wait {
          processes.allSatisfy { isStopped($0) == areStopped } || ContinuousClock.now > deadline
        })
      #expect(processes.map(isStopped) == [areStopped, areStopped, areStopped])
    }
    command.send(SIGTSTP)
    try wait(until: true)
    command.send(SIGCONT)
    try wait(until: false)
    command.send(SIGTERM)
    #expect(try command.ending().code == 75)
    #expect(haveSavedState().count == 2)
  }

  @Test(arguments: [" --jobs 2", ""])
  func theFirstFailureEndsEverythingIfAsked(jobs: String) throws {
    // The second never ends by itself; in one process it does not begin.
    try write(
      epochs: 1_000_000,
      [
        "seeds": "[0]",
        "sweep": "{parameters: {optimizer.learning_rate: [1.0e+30, 0.01]}}",
      ])
    let ending = try place.exp("run stripes.yaml --fail-fast\(jobs)")
    #expect(ending.code == 1)
    #expect(ending.error.contains("the loss is no longer a finite number"))
    #expect(ending.output.contains("   0  diverged"))
    #expect(ending.output.contains("   0  interrupted") == !jobs.isEmpty)
  }

  @Test func whatCannotBeReadIsSaidBeforeAnythingBegins() throws {
    try write()
    try FileManager.default.removeItem(atPath: path("data/train-labels-idx1-ubyte"))
    let code = try place.exp("run stripes.yaml --jobs 2").code
    #expect(code == 66)
    #expect(place.runs(of: "stripes").isEmpty)
  }

  @Test func thereIsAtLeastOneJob() throws {
    let ending = try place.exp("run stripes.yaml --jobs 0")
    #expect(ending.code == 64)
    #expect(ending.error.contains("'--jobs' must be between 1 and 256, got 0"))
  }

  private func path(_ file: String) -> String { "\(place.path)/\(file)" }

  /// The runs that have something to go on from.
  private func haveSavedState() -> [String] {
    place.runs(of: "stripes").filter { run in
      place.names(in: "\(run)/state").contains { $0.hasSuffix(".safetensors") }
    }
  }

  /// The number of a run's process.
  private func process(_ manifest: [String: Any]) -> Int? {
    (manifest["machine"] as? [String: Any])?["pid"] as? Int
  }

  /// The fields that the system has on a process, from its state on.
  private func state(of process: Int) throws -> [Substring] {
    let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return text.split(separator: ") ").last?.split(separator: " ") ?? []
  }

  private func isStopped(_ process: Int) -> Bool { (try? state(of: process).first) == "T" }

  private func parent(of process: Int) throws -> Int {
    try #require(try Int(state(of: process)[1]))
  }

  private func expectSameResults(_ first: String, _ second: String) throws {
    let (ones, others) = (
      place.runs(of: "stripes", in: first), place.runs(of: "stripes", in: second)
    )
    #expect(ones.count == 3)
    #expect(others.count == 3)
    for (one, other) in zip(ones, others) {
      for file in ["weights.safetensors", "predictions.csv", "report.txt", "trace.csv"] {
        #expect(try place.bytes("\(one)/\(file)") == place.bytes("\(other)/\(file)"), "\(file)")
      }
    }
  }
}
