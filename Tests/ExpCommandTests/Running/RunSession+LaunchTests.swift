import Foundation
import Records
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
}
