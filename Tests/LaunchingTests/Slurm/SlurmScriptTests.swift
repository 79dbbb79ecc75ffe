import ChildPrograms
import Diagnostics
import Foundation
import Launching
import Testing

@Suite struct SlurmScriptTests {
  private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/job.sh")

  private func launch(directory: String) -> Launch {
    Launch(
      id: "2026-11-30_14-21-27_abc123", arguments: [], directory: directory,
      workers: 8, experiments: [])
  }

  @Test func `the script is as written`() throws {
    var launcher = SlurmLauncher()
    launcher.partition = "compute"
    launcher.time = SlurmTime("2:00:00")
    launcher.cpusPerTask = 4
    launcher.mem = "8G"
    launcher.arrayParallelism = 3
    launcher.constraint = "intel&gpu"
    launcher.setup = ["module load onednn"]
    launcher.options = ["--exclude=n1"]
    let script = try SlurmScript(
      launcher, launch(directory: "/home/it's me/100%"),
      folder: "/home/it's me/100%/runs/.launches/ID",
      worker: ["/usr/bin/exp", "run", "--missing", "--set=training.epochs=3", "--", "a b.yaml"])
    #expect(try script.text == String(contentsOf: Self.fixture, encoding: .utf8))
  }

  /// The shell would execute what follows a line's end, and a backslash keeps Slurm from numbering logs.
  @Test(arguments: ["a\ntouch PWNED #", "a\r\nb", "a\rb", "a\tb", "a\u{85}b", "a\\b"])
  func `a folder whose name Slurm takes for something else is refused`(name: String) throws {
    let error = try #require(throws: LaunchPathError.self) {
      try SlurmScript(
        SlurmLauncher(), launch(directory: "/"), folder: "/\(name)/runs", worker: ["true"])
    }
    #expect(error.exitStatus == .usage)
    #expect("\(error)".hasPrefix("a launch cannot be in '/a"))
    #expect("\(error)".split(separator: "\n").count == 2)
  }

  @Test(arguments: [("1", 9), ("10", 90), ("2-0", 90), (nil, 90)])
  func `a worker is warned a small part of its time before`(time: String?, seconds: Int) throws {
    var launcher = SlurmLauncher()
    launcher.time = time.flatMap { SlurmTime($0) }
    let script = try SlurmScript(launcher, launch(directory: "/"), folder: "/", worker: ["true"])
    #expect(script.text.contains("#SBATCH --signal=B:USR1@\(seconds)\n"))
  }

  /// Programs in whose folder the script of a worker that is the shell's `worker` is executed.
  private func programs(worker: String) throws -> Programs {
    try Programs(["worker": worker, "scontrol": "echo \"$@\" >> $here/requeued"])
  }

  /// Executes the script of a worker that is the shell's `worker`, and sends it `signals` once the worker is ready.
  private func execute(
    worker: String, signals: [Int32] = []
  ) throws -> (status: Int32, requeued: String) {
    try execute(programs(worker: worker), signals: signals)
  }

  private func execute(
    _ programs: Programs, setup: [String] = [], signals: [Int32] = []
  ) throws -> (status: Int32, requeued: String) {
    var launcher = SlurmLauncher()
    launcher.setup = setup
    let script = try SlurmScript(
      launcher, launch(directory: programs.path), folder: programs.path,
      worker: ["\(programs.path)/worker"])
    try programs.write(script.text, to: "job.sh")
    var setting = Child.Setting()
    let nowhere = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(nowhere) }
    setting.descriptors = [nowhere, nowhere, nowhere]
    setting.environment = [
      "PATH=\(programs.path):/usr/bin:/bin", "SLURM_ARRAY_JOB_ID=7", "SLURM_ARRAY_TASK_ID=3",
    ]
    let child = try Child("/bin/bash", ["bash", "\(programs.path)/job.sh"], setting)
    for (number, signal) in signals.enumerated() {
      // The next is sent once the worker has had the one before.
      let deadline = ContinuousClock.now + .seconds(60)
      while programs.text("had").count < 2 * min(number + 1, 2), .now < deadline { usleep(2000) }
      child.send(signal)
    }
    guard case .exited(let status) = try child.waitForEnd() else {
      Issue.record("it was killed")
      return (0, "")
    }
    return (status, programs.text("requeued"))
  }

  /// A worker that saves its state when it is warned.
  private static let saving =
    "trap 'trap \"\" USR1; echo y >> $here/had; sleep 0.4; exit 75' USR1; echo y >> $here/had; "
    + "while :; do sleep 0.05; done"

  @Test func `a warned worker saves, and its task alone goes back into the queue`() throws {
    #expect(try execute(worker: Self.saving, signals: [SIGUSR1]) == (75, "requeue 7_3\n"))
  }

  @Test func `a warning that comes again changes nothing`() throws {
    let result = try execute(worker: Self.saving, signals: [SIGUSR1, SIGUSR1, SIGUSR1])
    #expect(result == (75, "requeue 7_3\n"))
  }

  @Test func `a worker that was warned and finds nothing left is done`() throws {
    let worker = "trap 'exit 0' USR1; echo y >> $here/had; while :; do sleep 0.05; done"
    #expect(try execute(worker: worker, signals: [SIGUSR1]) == (0, ""))
  }

  @Test func `a cancelled task stays cancelled, though it was warned`() throws {
    #expect(try execute(worker: Self.saving, signals: [SIGUSR1, SIGTERM]) == (75, ""))
  }

  @Test func `a task that is warned during the setup goes back without a worker`() throws {
    let programs = try programs(worker: "echo y >> $here/had")
    #expect(try execute(programs, setup: ["kill -USR1 $$"]) == (138, "requeue 7_3\n"))
    #expect(programs.text("had") == "")
  }

  @Test func `a task that is cancelled during the setup starts no worker`() throws {
    let programs = try programs(worker: "echo y >> $here/had")
    #expect(try execute(programs, setup: ["kill -TERM $$"]) == (143, ""))
    #expect(programs.text("had") == "")
  }

  /// A worker whose time is over before it has trained a step.
  @Test(arguments: ["exit 79", "trap - USR1; kill -USR1 $$"])
  func `a worker that gets nowhere is put back twice and no more`(end: String) throws {
    let vain = Self.saving.replacing("exit 75", with: end)
    let programs = try programs(worker: vain)
    func start(_ text: String) throws -> Int32 {
      try programs.add("worker", text)
      try programs.write("", to: "had")
      return try execute(programs, signals: [SIGUSR1]).status
    }
    func requeued() -> Int { programs.text("requeued").split(separator: "\n").count }
    _ = try start(vain)
    _ = try start(vain)
    #expect(requeued() == 2)
    #expect(try start(Self.saving) == 75, "it gets somewhere, and may fail anew")
    for _ in 0..<2 { #expect(try start(vain) != 75) }
    #expect(requeued() == 5)
    #expect(try start(vain) == 79)
    #expect(requeued() == 5)
  }

  @Test(arguments: [0, 1, 65, 75])
  func `the status of a worker is that of its task`(status: Int32) throws {
    #expect(try execute(worker: "exit \(status)") == (status, ""))
  }
}
