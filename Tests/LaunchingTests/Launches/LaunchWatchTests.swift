import Diagnostics
import ExperimentExamples
import Foundation
import Launching
import Records
import Running
import TemporaryFolders
import Testing

@Suite struct LaunchWatchTests {
  let runs: RunsFolder
  let programs: Programs
  private let launch: Launch
  private let job: SlurmJob

  init() throws {
    runs = try RunsFolder()
    programs = try Programs([
      "squeue": "cat $here/queue", "scancel": "echo \"$@\" >> $here/cancelled",
    ])
    try programs.add("sbatch", "echo 7")
    job = try SlurmCommands(folder: programs.path).submit("job.sh", named: "exp-test")
    var launch = Launch(
      id: "test", arguments: [], directory: runs.path, workers: 2, experiments: []
    )
    launch.job = job
    self.launch = launch
  }

  /// What squeue answers.
  func queue(_ lines: String...) throws {
    try programs.write(lines.map { $0 + "\n" }.joined(), to: "queue")
  }

  /// Begins the run of `seed` in the scheduler's job `name`.
  func begin(seed: Int, job name: String?) throws -> OpenRun {
    let machine = Machine(
      host: "node9", cpu: "Zen", instructionSet: "none", threads: 1, oneDNNVersion: "none",
      job: name)
    return try runs.runner.begin(
      seed: seed,
      RunContext(
        command: ["exp"], started: .now, outputDirectory: runs.path, machine: machine,
        expVersion: "0", gitCommit: nil))
  }

  func complete(_ run: OpenRun, isInterrupted: Bool = false) {
    _ = runs.runner.execute(run, observe: { _ in }, isInterrupted: { isInterrupted })
  }

  /// Events as texts.
  final class Told { var lines: [String] = [] }

  /// Watches the runs of these seeds until the end, or until `wish` is another than to go on.
  func watch(
    seeds: [Int], retriesFailed: Bool = false, _ wish: (Told) -> LaunchWatch.Wish = { _ in .goOn }
  ) throws -> (isOver: Bool, watch: LaunchWatch, told: [String]) {
    let told = Told()
    let data = runs.runner.data
    let watch = LaunchWatch(
      launch, job, in: LaunchFolder(root: runs.path, id: "test"),
      SlurmCommands(timeLimit: .seconds(10), folder: programs.path),
      identities: seeds.map {
        RunRequest(runs.runner.plan, seed: $0).identity(data.description.source)
      }, root: runs.path, retriesFailed: retriesFailed
    ) { event in
      switch event {
      case .began(let job): told.lines.append("\(job.seed) began")
      case .reported(let job, .place(let text)): told.lines.append("\(job.seed) at \(text)")
      case .reported(let job, .epoch(let record)):
        told.lines.append("\(job.seed) epoch \(record.epoch)")
      case .reported, .waiting: break
      case .ended(let job, let outcome): told.lines.append("\(job.seed) \(outcome.status)")
      case .left(let job): told.lines.append("\(job.seed) left")
      case .queued(let text): told.lines.append(text)
      case .note(let text): told.lines.append(text)
      }
    }
    let deadline = ContinuousClock.now + .seconds(60)
    let isOver = try watch.run { .now > deadline ? .leave : wish(told) }
    return (isOver, watch, told.lines)
  }

  @Test func `runs are told by their folders, with host and worker`() throws {
    try queue("0|RUNNING|0:0|None|n1|", "1|PENDING|0:0|Resources||")
    try #require(FileManager.default.fileExists(atPath: programs.path))
    complete(try begin(seed: 0, job: "7_0"))
    let open = try begin(seed: 1, job: "7_1")
    var isDone = false
    let result = try watch(seeds: [0, 1]) { told in
      if !isDone, told.lines.contains("1 at node9, worker 1 pending") {
        complete(open)
        isDone = true
      }
      return .goOn
    }
    #expect(result.isOver)
    #expect(result.watch.outcomes.map(\.outcome.status) == [.completed, .completed])
    #expect(result.told.contains("0 completed") && result.told.contains("1 completed"))
    #expect(result.told.contains("queue: 1 running, 1 pending (Resources)"))
    #expect(
      programs.text("cancelled") == "--name=exp-test --state=PENDING 7\n",
      "a worker that has nothing to do need not start")
  }

  @Test func `what others completed before is no outcome of the launch`() throws {
    try queue()
    complete(try begin(seed: 0, job: nil))
    complete(try begin(seed: 1, job: "71_0"))
    complete(try begin(seed: 2, job: "7_0"))
    let result = try watch(seeds: [0, 1, 2])
    #expect(result.watch.settled.completed.count == 2)
    #expect(result.watch.outcomes.map(\.outcome.seed) == [2])
  }

  /// A run that another launch began on another kind of processor, and did not end.
  @Test(arguments: [("0|COMPLETED|0:0|None|n1|", 1), ("0|FAILED|66:0|NonZeroExitCode|n1|", 0)])
  func `what others stopped is left for other machines only if no worker has failed`(
    task: String, waiting: Int
  ) throws {
    try queue(task, "1|COMPLETED|0:0|None|n2|")
    complete(try begin(seed: 0, job: "71_0"), isInterrupted: true)
    let result = try watch(seeds: [0])
    #expect(result.isOver && result.watch.outcomes.isEmpty)
    #expect(result.watch.settled.waiting.map(\.cpu) == Array(repeating: "Zen", count: waiting))
    #expect(result.watch.settled.count == waiting)
  }

  @Test
  func `what others stopped on a processor like the workers' is left over, and waits for no other`()
    throws
  {
    try queue("0|COMPLETED|0:0|None|n1|")
    complete(try begin(seed: 0, job: "71_0"), isInterrupted: true)
    complete(try begin(seed: 1, job: "7_0"))
    let result = try watch(seeds: [0, 1])
    #expect(result.watch.outcomes.map(\.outcome.seed) == [1])
    #expect(result.watch.settled.count == 0)
  }

  @Test func `what others complete while it is watched is theirs`() throws {
    try queue("0|RUNNING|0:0|None|n1|")
    var open: OpenRun? = try begin(seed: 0, job: nil)
    let result = try watch(seeds: [0]) { told in
      if let run = open, told.lines.contains("0 began") {
        complete(run)
        open = nil
      }
      return .goOn
    }
    #expect(result.watch.outcomes.isEmpty && result.watch.settled.completed.count == 1)
    #expect(result.told.contains("0 left"))
  }

  @Test func `elements that vanish from the queue have ended, and what is missing stays so`() throws
  {
    try queue("0|RUNNING|0:0|None|n1|", "1|RUNNING|0:0|None|n2|")
    complete(try begin(seed: 0, job: "7_0"), isInterrupted: true)
    var hasVanished = false
    let result = try watch(seeds: [0, 1]) { told in
      if !hasVanished, told.lines.contains("queue: 2 running") {
        hasVanished = true
        try? programs.add(
          "squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1")
      }
      return .goOn
    }
    #expect(result.isOver)
    #expect(result.watch.outcomes.map(\.outcome.status) == [.interrupted])
    #expect(result.watch.settled.count == 0)
  }

  @Test(arguments: [
    "echo 'Unable to contact slurm controller' >&2; exit 1", "echo garbage",
    "printf '0|RUN'", "exit 3", "kill -9 $$",
  ])
  func `a scheduler that does not answer is asked again, and the folders count`(
    squeue: String
  ) throws {
    try programs.add("squeue", squeue)
    let open = try begin(seed: 0, job: "7_0")
    var isDone = false
    let result = try watch(seeds: [0]) { told in
      let silence = told.lines.filter { $0.hasPrefix("Slurm does not answer: ") }
      #expect(silence.count <= 1, "it is said once")
      if !isDone, silence.count == 1 {
        complete(open)
        isDone = true
      }
      return .goOn
    }
    #expect(result.isOver && isDone)
    #expect(result.watch.outcomes.map(\.outcome.status) == [.completed])
  }

  @Test func `a worker that waits for ever is told of, once`() throws {
    try queue("0|PENDING|0:0|launch failed requeued held||", "1|PENDING|0:0|BadConstraints||")
    var answers = 0
    let result = try watch(seeds: [0]) { told in
      answers = told.lines.count { $0.hasPrefix("queue:") }
      return answers >= 3 ? .leave : .goOn
    }
    #expect(!result.isOver)
    #expect(result.told.count { $0.contains("BadConstraints") && $0.hasPrefix("warning") } == 1)
    #expect(result.told.contains { $0.contains("worker 0 waits for what does not come by itself") })
  }
}
