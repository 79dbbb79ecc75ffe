import Foundation
import Records
import TemporaryFolders
import Testing

@Suite struct RunSessionLaunchTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes(["seeds": "0-2"])
  }

  /// The weights of all completed runs in `root`, by seed.
  private func weights(in root: String) throws -> [Int: [UInt8]] {
    var found: [Int: [UInt8]] = [:]
    for run in place.runs(of: "stripes", in: root) {
      let manifest = try place.json("\(run)/run.json")
      guard manifest["status"] as? String == "completed" else { continue }
      found[try #require(manifest["seed"] as? Int)] = try place.bytes(
        "\(run)/weights.safetensors")
    }
    return found
  }

  /// Starts `exp` with the words of `line` where `slurm` is the scheduler.
  private func exp(_ line: String, _ slurm: FakeSlurm) throws -> Ending {
    try place.exp(line, environment: slurm.environment)
  }

  /// The folder of the only launch in `runs`.
  private func launch() throws -> String {
    let ids = place.names(in: "runs/.launches")
    try #require(ids.count == 1, "\(ids)")
    return "runs/.launches/\(ids[0])"
  }

  @Test func `the workers of a launch do what one command does`() throws {
    let slurm = try FakeSlurm(place)
    #expect(try place.exp("run stripes.yaml --output-dir one").code == 0)
    try place.write("type: slurm\nworkers: 2\nsetup: [export FROM_SETUP=yes]\n", to: "slurm.yaml")
    let ending = try exp(
      "run stripes.yaml --launcher slurm.yaml --tag swept --seeds 0-2 --note why --data-dir data "
        + "--retry-failed --fail-fast --set training.epochs=3", slurm)
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.error.contains("stripes: 3 runs, 2 workers in job 7\nlogs: runs/.launches/"))
    #expect(ending.error.contains("seed 1: completed  val_accuracy "), "\(ending.error)")
    #expect(ending.output.contains("   2  completed"))
    #expect(ending.error.hasSuffix("next: exp compare\n"))
    let results = try weights(in: "runs")
    #expect(results.count == 3)
    #expect(try results == weights(in: "one"))
    let run = try #require(place.runs(of: "stripes").first)
    let manifest = try place.json("\(run)/run.json")
    #expect((manifest["machine"] as? [String: Any])?["job"] as? String != nil)
    #expect((manifest["machine"] as? [String: Any])?["threads"] as? Int == 1)
    #expect(manifest["tag"] as? String == "swept")
    let folder = try launch()
    let log = try place.text("\(folder)/0.log") + place.text("\(folder)/1.log")
    #expect(log.contains("completed") && !log.contains("error"), "\(log)")

    let again = try exp("run stripes.yaml --launcher slurm.yaml", slurm)
    #expect(again.code == 0)
    #expect(again.error.contains("completed before: 3 of 3 runs"))
    #expect(try slurm.calls().count { $0.hasPrefix("sbatch") } == 1, "there was nothing to do")
  }

  @Test func `a dry run shows the script and the runs, and submits nothing`() throws {
    let slurm = try FakeSlurm(place)
    let ending = try exp(
      "run stripes.yaml --launcher slurm --dry-run --any-cpu --set data.limit=50", slurm)
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.output.hasPrefix("#!/bin/bash\n"))
    #expect(ending.output.contains("#SBATCH --array=0-2\n"))
    #expect(
      ending.output.contains(" run --missing --quiet --any-cpu --specs=runs/.launches/"),
      "\(ending.output)")
    #expect(ending.output.contains("--threads=1 --set=data.limit=50 -- stripes.yaml &\n"))
    #expect(ending.output.contains("\nexperiment  seeds\nstripes     0-2\n"), "\(ending.output)")
    #expect(try slurm.calls() == [] && !place.exists("runs"))
  }

  @Test func `without Slurm nothing is left half done`() throws {
    let ending = try place.exp(
      "run stripes.yaml --launcher slurm", environment: ["PATH": "\(place.path)/data"])
    #expect(ending.code == 66)
    #expect(ending.error.contains("error: the program 'sbatch' is not installed\nhint: "))
    #expect(place.names(in: "runs") == [])
  }

  @Test func `what sbatch refuses is quoted, and nothing is left`() throws {
    let slurm = try FakeSlurm(place, sbatch: "echo 'sbatch: error: invalid partition' >&2; exit 1")
    let ending = try exp("run stripes.yaml --launcher slurm", slurm)
    #expect(ending.code == 1)
    #expect(ending.error == "error: Slurm refuses the job: sbatch: error: invalid partition\n")
    #expect(place.names(in: "runs") == [])
  }

  @Test func `mistakes in a launcher's file have their place`() throws {
    let slurm = try FakeSlurm(place)
    try place.write("type: slurm\nworker: 8\ncpus_per_task: 0\n", to: "slurm.yaml")
    let ending = try exp("run stripes.yaml --launcher slurm.yaml", slurm)
    #expect(ending.code == 65)
    #expect(ending.error.contains("slurm.yaml:2:1: error: 'slurm' has no 'worker'"))
    #expect(ending.error.contains("did you mean 'workers'?"))
    #expect(ending.error.contains("slurm.yaml:3:16: error: must be between 1 and 256, got 0"))
    let absent = try exp("run stripes.yaml --launcher pbs", slurm)
    #expect(absent.code == 66)
    #expect(
      absent.error.contains("hint: a launcher is 'slurm', or a file that 'exp explain slurm'"))
    #expect(try exp("run stripes.yaml --launcher slurm --jobs 2", slurm).code == 64)
    #expect(try slurm.calls() == [])
  }

  @Test func `one seed is one run`() throws {
    let slurm = try FakeSlurm(place)
    #expect(try exp("run stripes.yaml --launcher slurm --seed 7", slurm).code == 0)
    #expect(try weights(in: "runs").keys.sorted() == [7])
  }

  @Test func `a spec cannot name a launcher`() throws {
    try place.write(Stripes.spec(["launcher": "slurm"]), to: "stripes.yaml")
    let ending = try place.exp("run stripes.yaml")
    #expect(ending.code == 65)
    #expect(
      ending.error.contains("a launcher runs shell, so it is named on the command line alone"))
  }

  @Test func `who leaves can watch again, and what was submitted is run`() throws {
    let slurm = try FakeSlurm(place)
    try place.write("", to: "slurm/hold")
    let command = try place.start(
      "run stripes.yaml --launcher slurm --threads 2", environment: slurm.environment)
    #expect(
      command.wait {
        guard let id = place.names(in: "runs/.launches").first,
          let record = try? place.json("runs/.launches/\(id)/launch.json")
        else { return false }
        return record["job"] is [String: Any]
      })
    command.send(SIGTERM)
    let left = try command.ending()
    #expect(left.code == 75)
    let id = try launch().split(separator: "/").last ?? ""
    #expect(left.error.contains("the workers go on: 'exp attach \(id)' watches them"))
    #expect(try !slurm.calls().contains { $0.hasPrefix("scancel") })

    // Neither this nor anything else that happens to the files counts any more.
    try place.write("nothing: that can be run\n", to: "stripes.yaml")
    try FileManager.default.removeItem(atPath: "\(place.path)/slurm/hold")
    let ending = try exp("attach \(id.suffix(6))", slurm)
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.output.contains("   2  completed"))
    #expect(try weights(in: "runs").count == 3)
    #expect(try exp("attach", slurm).code == 0, "the newest, of which all is known")
    let absent = try exp("attach nothing", slurm)
    #expect(absent.code == 66)
    #expect(
      absent.error
        == "error: there is no launch 'nothing' in '\(place.path)/runs'\nhint: there are \(id)\n"
    )
  }

  @Test func `a worker whose time is over goes on in the middle of an epoch`() throws {
    try place.writeStripes(["seeds": "[5]", "training": "{epochs: 200, batch_size: 4}"])
    #expect(try place.exp("run stripes.yaml --output-dir one").code == 0)
    let slurm = try FakeSlurm(
      place,
      sbatch: """
        (
          while ! ls ../runs/stripes/*/history.csv; do sleep 0.02; done
          kill -USR1 $(cat 0.pid)
        ) > /dev/null 2>&1 &
        """)
    let ending = try exp("run stripes.yaml --launcher slurm", slurm)
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try slurm.calls().contains("scontrol requeue 7_0"))
    let run = try #require(place.runs(of: "stripes").first)
    #expect(place.runs(of: "stripes").count == 1)
    let resumptions = try place.json("\(run)/run.json")["resumptions"] as? [[String: Any]]
    #expect(resumptions?.count == 1)
    #expect(resumptions?.first?["job"] as? String == "7_0")
    #expect(try weights(in: "runs") == weights(in: "one"))
  }

  /// Submits `spec` to `slurm`, whose tasks do not start, and leaves.
  private func submit(_ spec: String, to slurm: FakeSlurm) throws {
    try place.write("", to: "slurm/hold")
    let command = try place.start("run \(spec) --launcher slurm", environment: slurm.environment)
    #expect(
      command.wait {
        guard let id = place.names(in: "runs/.launches").first else { return false }
        return (try? place.json("runs/.launches/\(id)/launch.json"))?["job"] is [String: Any]
      })
    command.send(SIGTERM)
    #expect(try command.ending().code == 75)
  }

  @Test func `data that has changed since is refused by workers and by who attaches`() throws {
    let slurm = try FakeSlurm(place)
    try submit("stripes.yaml", to: slurm)
    try place.write(
      Stripes.idx([30], Array(repeating: 0, count: 30)), to: "data/t10k-labels-idx1-ubyte")
    try FileManager.default.removeItem(atPath: "\(place.path)/slurm/hold")
    let ending = try exp("attach", slurm)
    #expect(ending.code == 66)
    let text = """
      error: the data or the initial weights of 'stripes' are not those that it was submitted with
      hint: they have changed since, or are others on this machine; the same 'exp run --launcher' submits it anew

      """
    #expect(ending.error == text)
    let folder = try launch()
    let deadline = ContinuousClock.now + .seconds(60)
    while !(0..<3).allSatisfy({ place.exists("slurm/\($0).exit") }), .now < deadline {
      usleep(10_000)
    }
    for worker in 0..<3 {
      #expect(try place.text("slurm/\(worker).exit") == "66\n")
      #expect(try place.text("\(folder)/\(worker).log") == text)
    }
    #expect(place.runs(of: "stripes") == [])
  }

  /// It is warned while it waits for pictures that another one decodes.
  @Test func `a worker whose time is over before it has trained a step comes back`() throws {
    #expect(try place.exp("data sample shapes").code == 0)
    try place.write(
      Stripes.spec([
        "data": "{dataset: {type: image_folder, path: shapes, image_size: [8, 8]}}",
        "model": "{layers: [flatten, {type: dense, units: 6, activation: softmax}]}",
        "seeds": "[0]",
      ]), to: "pictures.yaml")
    // Kept only once the files have been as they are for a while.
    func decoded() -> [String] {
      place.names(in: ".cache/exp/decoded").filter { !$0.hasPrefix(".") }
    }
    let deadline = ContinuousClock.now + .seconds(60)
    while decoded().isEmpty, .now < deadline {
      let ending = try place.exp("data show pictures.yaml")
      try #require(ending.code == 0, "\(ending.error)")
    }
    let slurm = try FakeSlurm(place)
    try submit("pictures.yaml", to: slurm)
    let file = try #require(decoded().first)
    try FileManager.default.removeItem(atPath: "\(place.path)/.cache/exp/decoded/\(file)")
    let lease = "\(place.path)/.cache/exp/decoded/.\(file).lease.1"
    try writeForeignLease(lease, age: 0)
    try FileManager.default.removeItem(atPath: "\(place.path)/slurm/hold")
    let folder = try launch()
    let watch = try place.start("attach", environment: slurm.environment)
    #expect(
      watch.wait {
        (try? place.text("\(folder)/0.log"))?.contains("waiting for another process") ?? false
      })
    let script = try #require(
      Int32(place.text("slurm/0.pid").trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(kill(script, SIGUSR1) == 0)
    // The script hands it on at once.
    usleep(500_000)
    try writeForeignLease(lease, age: 0, outcome: "none")
    let ending = try watch.ending()
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try slurm.calls().filter { $0.hasPrefix("scontrol") } == ["scontrol requeue 7_0"])
    #expect(try place.text("\(folder)/0.vain") == "\n")
    #expect(place.runs(of: "pictures").count == 1)
  }
}
